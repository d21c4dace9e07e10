#include "access/role.h"

#include <algorithm>
#include <array>

namespace comity::access {
namespace {

/// Who may do one action, a column for each role.
struct Grant {
    Action action;
    bool duty_officer, case_officer, data_protection_officer, administrator;
};

// clang-format off
constexpr std::array grants {
    //                                    duty   case   protection  administrator
    Grant { Action::keep_session,         true,  true,  true,       true  },
    Grant { Action::read_node,            true,  true,  true,       true  },
    Grant { Action::read_law,             true,  true,  true,       true  },
    Grant { Action::read_cases,           true,  true,  true,       false },
    Grant { Action::follow_events,        true,  true,  true,       false },
    Grant { Action::send_request,         true,  true,  false,      false },
    Grant { Action::read_register,        true,  true,  true,       false },
    Grant { Action::read_sign_ins,        false, false, true,       true  },
    Grant { Action::administer_accounts,  false, false, false,      true  },
};
// clang-format on

bool given(Grant const& grant, Role role)
{
    switch (role) {
    case Role::duty_officer: return grant.duty_officer;
    case Role::case_officer: return grant.case_officer;
    case Role::data_protection_officer: return grant.data_protection_officer;
    case Role::administrator: return grant.administrator;
    }
    return false;
}

} // namespace

bool may(std::span<Role const> roles, Action action)
{
    auto const* grant = std::ranges::find(grants, action, &Grant::action);
    MUST(grant != grants.end());
    return std::ranges::any_of(roles, [&](Role role) { return given(*grant, role); });
}

} // namespace comity::access
