#include "access/role.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::access {
namespace {

/// Who may do one action: a letter for each role in the order of the enumeration.
/// '+' given, '.' not given, 'x' forbidden, whatever other role the account has.
struct Grant {
    Action action;
    bool data, executive;
    std::string_view cells;
};

// clang-format off
constexpr std::array grants {
    //                                    data   executive  duty officer
    //                                                      | case officer
    //                                                      | | liaison officer
    //                                                      | | | centre officer
    //                                                      | | | |  data protection officer
    //                                                      | | | |  | security officer
    //                                                      | | | |  | | analyst
    //                                                      | | | |  | | | cycle manager
    //                                                      | | | |  | | | |  depositary clerk
    //                                                      | | | |  | | | |  | committee secretary
    //                                                      | | | |  | | | |  | | field commander
    //                                                      | | | |  | | | |  | | | administrator
    Grant { Action::keep_session,         false, false,    "+ + + +  + + + +  + + + +" },
    Grant { Action::read_node,            false, false,    "+ + + +  + + + +  + + + +" },
    Grant { Action::read_law,             false, false,    "+ + + +  + + + +  + + + +" },
    Grant { Action::read_cases,           true,  false,    "+ + + +  + . . .  . . . ." },
    Grant { Action::follow_events,        true,  false,    "+ + + +  + . . .  . . . ." },
    Grant { Action::send_request,         true,  false,    "+ + + +  . . . .  . . . ." },
    Grant { Action::inform_party,         true,  false,    "+ + + +  . . + .  . . . ." },
    Grant { Action::decide_case,          true,  true,     "+ + x x  . . . .  . . . ." },
    Grant { Action::assign_case,          true,  false,    "+ . . .  . . . .  . . . ." },
    Grant { Action::open_in_emergency,    true,  false,    "+ . . .  . . . .  . . . ." },
    Grant { Action::supervise_cases,      true,  false,    ". . . .  + . . .  . . . ." },
    Grant { Action::answer_persons,       true,  false,    ". . . .  + . . .  . . . ." },
    Grant { Action::enter_costs,          true,  false,    "+ + . +  . . . .  . . . ." },
    Grant { Action::settle_claims,        true,  true,     "+ . x x  . . . .  . . . ." },
    Grant { Action::read_statistics,      true,  false,    "+ + + +  + . + +  . . . ." },
    Grant { Action::read_register,        true,  false,    ". . . .  + . . .  . . . ." },
    Grant { Action::read_sign_ins,        true,  false,    ". . . .  + + . .  . . . +" },
    Grant { Action::read_accounts,        true,  false,    ". . . .  + + . .  . . . +" },
    Grant { Action::administer_accounts,  true,  false,    ". . . .  . . . .  . . . +" },
    Grant { Action::clear_accounts,       true,  false,    ". . . .  . + . .  . . . ." },
    Grant { Action::guard_classified,     true,  false,    ". . . .  . + . .  . . . ." },
};
// clang-format on

constexpr std::size_t roles_count = static_cast<std::size_t>(Role::administrator) + 1;

/// The letter of a column: spaces are there to be read.
constexpr char letter(std::string_view cells, std::size_t column)
{
    for (char const c : cells)
        if (c != ' ' && column-- == 0) return c;
    return '?';
}

static_assert(std::ranges::all_of(grants, [](Grant const& grant) {
    auto const spaces = static_cast<std::size_t>(std::ranges::count(grant.cells, ' '));
    return spaces + roles_count == grant.cells.size();
}));

Grant const& grant_of(Action action)
{
    auto const* found = std::ranges::find(grants, action, &Grant::action);
    MUST(found != grants.end());
    return *found;
}

/// A role that an action is forbidden to says by which paragraph.
Refusal forbidden(Role role, Action action)
{
    bool const at_centre = role == Role::centre_officer;
    return { at_centre ? "A29(4)-2" : "A9(3)-1",
        fmt::format("a {} takes no executive action, and to {} is one",
            at_centre ? "centre officer" : "liaison officer", json::word(action)) };
}

} // namespace

Cell cell(Role role, Action action)
{
    switch (letter(grant_of(action).cells, static_cast<std::size_t>(role))) {
    case '+': return Cell::given;
    case 'x': return Cell::forbidden;
    default: return Cell::not_given;
    }
}

bool is_executive(Action action)
{
    return grant_of(action).executive;
}

bool touches_data(Action action)
{
    return grant_of(action).data;
}

std::optional<Refusal> refused(Bearer const& bearer, Action action)
{
    if (!bearer.of_host && touches_data(action))
        return Refusal { "A31(7)",
            "an officer of another Party has no direct access to data of the host" };
    for (auto const role : bearer.roles)
        if (cell(role, action) == Cell::forbidden) return forbidden(role, action);
    if (std::ranges::any_of(
            bearer.roles, [&](Role role) { return cell(role, action) == Cell::given; }))
        return {};
    return Refusal { "A31(4)(d)", fmt::format("none of your roles may {}", json::word(action)) };
}

std::string print_table()
{
    auto const& roles = json::words<Role>();
    std::string out = "+ given, . not given (A31(4)(d)), x forbidden beside any other role\n";
    for (std::size_t column = 0; column < roles.size(); ++column)
        out += fmt::format(
            "{:<24}{}{}\n", "", fmt::format("{: >{}}", "", 3 * column), roles[column]);
    for (auto const& grant : grants) {
        out += fmt::format("{:<22}", json::word(grant.action));
        for (std::size_t column = 0; column < roles.size(); ++column)
            out += fmt::format("  {}", letter(grant.cells, column));
        out += grant.executive ? "  executive: A9(3)-1, A29(4)-2\n" : "\n";
    }
    return out + "An officer of another Party than the node's: only the first three (A31(7)).\n";
}

} // namespace comity::access
