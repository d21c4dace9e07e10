#include "access/role.h"

#include <gtest/gtest.h>

#include <array>

namespace comity::access {
namespace {

std::string provision_of(std::span<Role const> roles, Action action, bool of_host = true)
{
    auto const found = refused({ roles, of_host }, action);
    return found ? found->provision : "";
}

bool may_alone(Role role, Action action)
{
    return !refused({ std::array { role } }, action);
}

std::vector<Role> every_role()
{
    std::vector<Role> out;
    for (auto const& word : json::words<Role>()) out.push_back(*json::from_word<Role>(word));
    return out;
}

std::vector<Action> every_action()
{
    std::vector<Action> out;
    for (auto const& word : json::words<Action>()) out.push_back(*json::from_word<Action>(word));
    return out;
}

} // namespace

TEST(Roles, an_administrator_sees_no_content_and_sends_nothing)
{
    for (auto const action :
        { Action::read_cases, Action::follow_events, Action::send_request, Action::inform_party,
            Action::decide_case, Action::read_register, Action::clear_accounts })
        EXPECT_FALSE(may_alone(Role::administrator, action)) << json::word(action);
    EXPECT_TRUE(may_alone(Role::administrator, Action::administer_accounts));
}

TEST(Roles, officers_send_and_the_supervisor_only_reads)
{
    for (auto const role : { Role::duty_officer, Role::case_officer }) {
        EXPECT_TRUE(may_alone(role, Action::send_request));
        EXPECT_TRUE(may_alone(role, Action::decide_case));
        EXPECT_FALSE(may_alone(role, Action::read_sign_ins));
        EXPECT_FALSE(may_alone(role, Action::administer_accounts));
    }
    EXPECT_FALSE(may_alone(Role::data_protection_officer, Action::send_request));
    EXPECT_TRUE(may_alone(Role::data_protection_officer, Action::read_cases));
    EXPECT_TRUE(may_alone(Role::data_protection_officer, Action::read_register));
    EXPECT_TRUE(may_alone(Role::data_protection_officer, Action::read_sign_ins));
}

TEST(Roles, the_desk_says_who_needs_to_know_a_case_and_the_supervisor_alone_reads_all)
{
    for (auto const role : every_role()) {
        EXPECT_EQ(may_alone(role, Action::assign_case), role == Role::duty_officer);
        EXPECT_EQ(may_alone(role, Action::open_in_emergency), role == Role::duty_officer);
        EXPECT_EQ(may_alone(role, Action::settle_claims), role == Role::duty_officer);
        EXPECT_EQ(may_alone(role, Action::supervise_cases), role == Role::data_protection_officer);
        EXPECT_EQ(may_alone(role, Action::answer_persons), role == Role::data_protection_officer);
    }
}

TEST(Roles, a_liaison_or_centre_officer_takes_no_executive_action_whatever_else_he_is)
{
    for (auto const action : every_action()) {
        if (!is_executive(action)) continue;
        for (auto const other : every_role()) {
            EXPECT_EQ(provision_of(std::array { Role::liaison_officer, other }, action), "A9(3)-1");
            if (other == Role::liaison_officer) continue;
            EXPECT_EQ(provision_of(std::array { Role::centre_officer, other }, action), "A29(4)-2");
        }
    }
    EXPECT_TRUE(is_executive(Action::decide_case));
    EXPECT_TRUE(may_alone(Role::liaison_officer, Action::send_request));
    EXPECT_TRUE(may_alone(Role::centre_officer, Action::inform_party));
}

TEST(Roles, an_officer_of_another_Party_has_no_access_to_data_of_the_host)
{
    auto const all = every_role();
    for (auto const action : every_action())
        EXPECT_EQ(provision_of(all, action, false), touches_data(action) ? "A31(7)" : "")
            << json::word(action);
    EXPECT_FALSE(touches_data(Action::read_law));
    EXPECT_TRUE(touches_data(Action::read_cases));
}

TEST(Roles, two_roles_may_what_either_may_and_no_role_may_nothing)
{
    std::array const both { Role::case_officer, Role::data_protection_officer };
    EXPECT_EQ(provision_of(both, Action::send_request), "");
    EXPECT_EQ(provision_of(both, Action::read_sign_ins), "");
    EXPECT_EQ(provision_of(both, Action::administer_accounts), "A31(4)(d)");
    EXPECT_EQ(provision_of({}, Action::keep_session), "A31(4)(d)");
}

TEST(Roles, every_action_has_its_row_and_somebody_who_may_and_only_executive_ones_are_forbidden)
{
    for (auto const action : every_action()) {
        bool given = false;
        for (auto const role : every_role()) {
            given |= cell(role, action) == Cell::given;
            EXPECT_EQ(cell(role, action) == Cell::forbidden,
                is_executive(action)
                    && (role == Role::liaison_officer || role == Role::centre_officer));
        }
        EXPECT_TRUE(given) << json::word(action);
    }
}

TEST(Roles, the_printed_table_has_a_line_for_each_action_and_each_role)
{
    auto const text = print_table();
    for (auto const& word : json::words<Role>()) EXPECT_NE(text.find(word), text.npos) << word;
    for (auto const& word : json::words<Action>()) EXPECT_NE(text.find(word), text.npos) << word;
}

} // namespace comity::access
