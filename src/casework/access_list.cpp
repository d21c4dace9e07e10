#include "casework/access_list.h"

#include "casework/casework.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::casework {
namespace {

using access::Refusal;
using store::Row;
using store::Transaction;

constexpr auto need_to_know = "A32(1)";
constexpr auto no_right = "A31(4)(d)";

Refusal not_needed()
{
    return { need_to_know, "you do not stand on the access list of this case" };
}

AccessEntry read_entry(Row const& row)
{
    auto const act = json::from_word<AccessAct>(row.text(0));
    auto const at = parse_instant(row.text(3));
    MUST(act.has_value() && at.ok());
    AccessEntry out { *act, row.text(1), row.text(2), at.value(), row.text(4), row.text(5), {} };
    if (out.act == AccessAct::emergency) out.until = out.at + emergency_lasts;
    return out;
}

bool stands_on(std::span<AccessEntry const> held, std::string_view account)
{
    return std::ranges::find(held, account, &AccessEntry::account) != held.end();
}

bool has_it(std::span<AccessEntry const> held, Officer const& officer)
{
    auto const found = std::ranges::find(held, officer.account, &AccessEntry::account);
    return officer.has_account && found != held.end() && found->act != AccessAct::emergency;
}

Error no_case(std::string_view number)
{
    return { Error::Kind::not_found, fmt::format("there is no case '{}'", number), "number" };
}

Result<void> check_reason(std::string_view reason, bool must_be)
{
    if (must_be && reason.find_first_not_of(" \t\n") == reason.npos)
        return Error { Error::Kind::malformed, "an emergency opening states its reason", "reason" };
    if (reason.size() > access_reason_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the reason is longer than {} bytes", access_reason_bytes_max), "reason" };
    return {};
}

std::vector<std::string> ways_of(std::span<AccessEntry const> held, Officer const& officer)
{
    std::vector<std::string> out;
    if (!is_taken(held) && officer.keeps_desk && officer.has_account) out.emplace_back("take");
    if (!refused_to_name(held, officer)) out.emplace_back("name");
    if (stands_on(held, officer.account)) out.emplace_back("end-own");
    if (officer.may_break_in && refused_to_open(held, officer))
        out.emplace_back("open-in-emergency");
    return out;
}

} // namespace

std::vector<AccessEntry> holding(std::span<AccessEntry const> entries, Instant now)
{
    std::vector<AccessEntry> out;
    for (auto const& entry : entries) {
        std::erase_if(out, [&](AccessEntry const& each) { return each.account == entry.account; });
        bool const over = entry.until && *entry.until <= now;
        if (entry.act != AccessAct::ended && !over) out.push_back(entry);
    }
    return out;
}

bool is_taken(std::span<AccessEntry const> held)
{
    return std::ranges::any_of(
        held, [](AccessEntry const& each) { return each.act != AccessAct::emergency; });
}

std::optional<Refusal> refused_to_open(std::span<AccessEntry const> held, Officer const& officer)
{
    if (officer.sees_all || stands_on(held, officer.account)) return {};
    if (is_taken(held)) return not_needed();
    if (officer.keeps_desk) return {};
    return Refusal { need_to_know,
        "nobody has taken this case yet: only the duty officers see it" };
}

std::optional<Refusal> refused_to_name(std::span<AccessEntry const> held, Officer const& officer)
{
    if (officer.keeps_desk || has_it(held, officer)) return {};
    return Refusal { no_right,
        "only who has the case or keeps the desk says who needs to know it" };
}

Result<std::vector<AccessEntry>> access_entries(Transaction& transaction, std::string_view number)
{
    return transaction.all("SELECT act, account, name, at, by_name, reason FROM casework_access "
                           "WHERE case_number = $1 ORDER BY id",
        read_entry, number);
}

Result<void> insert_access(
    Transaction& transaction, std::string_view number, AccessEntry const& entry)
{
    auto const count = TRY(transaction.one(
        "SELECT COUNT(*) FROM casework_access WHERE case_number = $1",
        [](Row const& row) { return row.integer(0); }, number));
    if (count.value_or(0) >= access_entries_max)
        return Error { Error::Kind::too_large,
            fmt::format("the list of a case has {} entries at most", access_entries_max),
            "number" };
    TRY(transaction.run("INSERT INTO casework_access (case_number, act, account, name, at, by_name,"
                        " reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        number, json::word(entry.act), entry.account, entry.name, to_text(entry.at), entry.by,
        entry.reason));
    if (entry.act == AccessAct::emergency)
        TRY(transaction.run("INSERT INTO casework_emergency (opened_at, case_number) "
                            "VALUES ($1, $2) ON CONFLICT DO NOTHING",
            to_text(entry.at), number));
    return {};
}

Result<void> enter_maker(
    Transaction& transaction, std::string_view number, Officer const& officer, Instant now)
{
    if (!officer.has_account) return {};
    auto const held = holding(TRY(access_entries(transaction, number)), now);
    if (TRY(find_case(transaction, number)) && refused_to_open(held, officer))
        return Error { Error::Kind::conflict, "this case number is in use already", "caseNumber" };
    if (has_it(held, officer)) return {};
    return insert_access(
        transaction, number, { AccessAct::made, officer.account, officer.name, now, officer.name });
}

Result<std::optional<Refusal>> refused_to_open(
    Transaction& transaction, std::string_view number, Officer const& officer, Instant now)
{
    if (officer.sees_all) return std::optional<Refusal> {};
    auto const entries = TRY(access_entries(transaction, number));
    return refused_to_open(holding(entries, now), officer);
}

Result<void> Casework::enter(Transaction& transaction, std::string_view number,
    AccessEntry const& entry, std::vector<std::string> provisions)
{
    TRY(insert_access(transaction, number, entry));
    json::Object const facts { { "officer", entry.name }, { "reason", entry.reason } };
    TRY(insert_event(transaction,
        { std::string { number }, entry.at, entry.at,
            fmt::format("access-{}", json::word(entry.act)), entry.by, {}, std::move(provisions),
            facts }));
    tell(transaction, std::string { number });
    return {};
}

Result<std::size_t> Casework::tell_emergencies_over()
{
    auto const over = to_text(clock_() - emergency_lasts);
    auto const ended = [&](Transaction& t) {
        return t.all(
            "SELECT DISTINCT case_number FROM casework_emergency WHERE opened_at <= $1",
            [](store::Row const& row) { return row.text(0); }, over);
    };
    if (TRY(store_.read(ended)).empty()) return std::size_t { 0 };
    return store_.write([&](Transaction& t) -> Result<std::size_t> {
        auto const numbers = TRY(ended(t));
        for (auto const& number : numbers) tell(t, number);
        TRY(t.run("DELETE FROM casework_emergency WHERE opened_at <= $1", over));
        return numbers.size();
    });
}

Result<std::optional<Refusal>> Casework::change_access(
    std::string_view number, JudgesAccess const& judge)
{
    return store_.write([&](Transaction& t) -> Result<std::optional<Refusal>> {
        if (!TRY(find_case(t, number))) return no_case(number);
        auto const now = clock_();
        auto judged = TRY(judge(holding(TRY(access_entries(t, number)), now), now));
        if (judged.refusal) return judged.refusal;
        TRY(enter(t, number, judged.entry, { need_to_know }));
        return std::optional<Refusal> {};
    });
}

Result<AccessView> Casework::access_of(std::string_view number, Officer const& officer)
{
    return store_.read([&](Transaction& t) -> Result<AccessView> {
        auto const row = TRY(find_case(t, number));
        if (!row) return no_case(number);
        auto entries = TRY(access_entries(t, number));
        auto held = holding(entries, clock_());
        AccessView out { row->number, row->kind, row->requesting, row->requested,
            json::word(row->state), row->opened_at,
            is_open(row->state) ? row->due_at : std::nullopt, false, false, {}, {}, {} };
        out.open = !refused_to_open(held, officer);
        out.taken = is_taken(held);
        out.may = ways_of(held, officer);
        out.holders = std::move(held);
        out.entries = std::move(entries);
        return out;
    });
}

Result<std::optional<Refusal>> Casework::refused_to_read(
    std::string_view number, Officer const& officer)
{
    return store_.read([&](Transaction& t) -> Result<std::optional<Refusal>> {
        return refused_to_open(t, number, officer, clock_());
    });
}

Result<std::optional<Refusal>> Casework::take_case(std::string_view number, Officer const& officer)
{
    return change_access(number, [&](auto const& held, Instant now) -> Result<JudgedAccess> {
        if (!officer.keeps_desk || !officer.has_account)
            return JudgedAccess { Refusal { no_right, "none of your roles may take a case over" } };
        if (has_it(held, officer))
            return Error { Error::Kind::conflict, "you have this case already", "number" };
        if (is_taken(held))
            return JudgedAccess { Refusal { need_to_know,
                "others have this case: who has it, or another duty officer, names you" } };
        return JudgedAccess { {},
            { AccessAct::taken, officer.account, officer.name, now, officer.name } };
    });
}

Result<std::optional<Refusal>> Casework::add_to_case(std::string_view number,
    Colleague const& colleague, std::string_view reason, Officer const& officer)
{
    TRY(check_reason(reason, false));
    return change_access(number, [&](auto const& held, Instant now) -> Result<JudgedAccess> {
        if (auto refusal = refused_to_name(held, officer)) return JudgedAccess { *refusal };
        if (colleague.account == officer.account)
            return JudgedAccess { Refusal { need_to_know, "nobody names himself" } };
        auto const found = std::ranges::find(held, colleague.account, &AccessEntry::account);
        if (found != held.end() && found->act != AccessAct::emergency)
            return Error { Error::Kind::conflict, "this officer stands on the list already",
                "officer" };
        return JudgedAccess { {},
            { AccessAct::added, colleague.account, colleague.name, now, officer.name,
                std::string { reason } } };
    });
}

Result<std::optional<Refusal>> Casework::end_on_case(std::string_view number,
    std::string_view account, std::string_view reason, Officer const& officer)
{
    TRY(check_reason(reason, false));
    return change_access(number, [&](auto const& held, Instant now) -> Result<JudgedAccess> {
        bool const own = officer.has_account && account == officer.account;
        if (auto refusal = refused_to_name(held, officer); refusal && !own)
            return JudgedAccess { *refusal };
        auto const found = std::ranges::find(held, account, &AccessEntry::account);
        if (found == held.end())
            return Error { Error::Kind::not_found, "this officer does not stand on the list",
                "officer" };
        return JudgedAccess { {},
            { AccessAct::ended, found->account, found->name, now, officer.name,
                std::string { reason } } };
    });
}

Result<std::optional<Refusal>> Casework::open_in_emergency(
    std::string_view number, std::string_view reason, Officer const& officer)
{
    TRY(check_reason(reason, true));
    return change_access(number, [&](auto const& held, Instant now) -> Result<JudgedAccess> {
        if (!officer.may_break_in || !officer.has_account)
            return JudgedAccess { Refusal {
                no_right, "none of your roles may open a case of others in an emergency" } };
        if (!refused_to_open(held, officer))
            return Error { Error::Kind::conflict, "this case is open to you already", "number" };
        return JudgedAccess { {},
            { AccessAct::emergency, officer.account, officer.name, now, officer.name,
                std::string { reason } } };
    });
}

} // namespace comity::casework
