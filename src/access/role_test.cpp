#include "access/role.h"

#include <gtest/gtest.h>

#include <array>

namespace comity::access {
namespace {

bool may_alone(Role role, Action action)
{
    return may(std::array { role }, action);
}

} // namespace

TEST(Roles, an_administrator_sees_no_content_and_sends_nothing)
{
    for (auto const action :
        { Action::read_cases, Action::follow_events, Action::send_request, Action::read_register })
        EXPECT_FALSE(may_alone(Role::administrator, action)) << json::word(action);
    EXPECT_TRUE(may_alone(Role::administrator, Action::administer_accounts));
}

TEST(Roles, officers_send_and_the_supervisor_only_reads)
{
    for (auto const role : { Role::duty_officer, Role::case_officer }) {
        EXPECT_TRUE(may_alone(role, Action::send_request));
        EXPECT_FALSE(may_alone(role, Action::read_sign_ins));
        EXPECT_FALSE(may_alone(role, Action::administer_accounts));
    }
    EXPECT_FALSE(may_alone(Role::data_protection_officer, Action::send_request));
    EXPECT_TRUE(may_alone(Role::data_protection_officer, Action::read_cases));
    EXPECT_TRUE(may_alone(Role::data_protection_officer, Action::read_register));
    EXPECT_TRUE(may_alone(Role::data_protection_officer, Action::read_sign_ins));
}

TEST(Roles, two_roles_may_what_either_may_and_no_role_may_nothing)
{
    std::array const both { Role::case_officer, Role::data_protection_officer };
    EXPECT_TRUE(may(both, Action::send_request));
    EXPECT_TRUE(may(both, Action::read_sign_ins));
    EXPECT_FALSE(may(both, Action::administer_accounts));
    EXPECT_FALSE(may({}, Action::keep_session));
}

TEST(Roles, every_action_has_its_row_and_somebody_who_may)
{
    constexpr std::array all { Role::duty_officer, Role::case_officer,
        Role::data_protection_officer, Role::administrator };
    for (auto const& word : json::words<Action>())
        EXPECT_TRUE(may(all, json::from_word<Action>(word).value())) << word;
}

} // namespace comity::access
