#include "http/trial_whole_desk_test.h"

#include <gtest/gtest.h>

#include <map>

/// Every endpoint called by every role: what is let through and what is refused, written down here
/// a second time and not taken from the table that the program uses.
namespace comity::http {
namespace {

using namespace trial;
using access::Role;

constexpr std::string_view everybody = "duty case liaison centre protection security analyst cycle "
                                       "depositary committee field administrator";
constexpr std::string_view readers = "duty case liaison centre protection";
constexpr std::string_view officers = "duty case liaison centre";

/// Who gets through, by operation. Nothing: open to everybody, without signing in.
std::map<std::string, std::string> const expected {
    { "open_session", "" },
    { "read_ways", "" },
    { "open_session_by_certificate", "" },
    { "leave_for_provider", "" },
    { "come_back_from_provider", "" },
    { "read_session", std::string { everybody } },
    { "close_session", std::string { everybody } },
    { "read_node", std::string { everybody } },
    { "read_health", std::string { everybody } },
    { "read_codes", std::string { everybody } },
    { "list_request_kinds", std::string { everybody } },
    { "list_provisions", std::string { everybody } },
    { "list_parties", std::string { everybody } },
    { "list_articles", std::string { everybody } },
    { "read_article", std::string { everybody } },
    { "list_article_cases", std::string { everybody } },
    { "list_measures", std::string { everybody } },
    { "check_situation", std::string { everybody } },
    { "read_status", std::string { everybody } },
    { "read_account", std::string { everybody } },
    { "change_own_password", std::string { everybody } },
    { "offer_code", std::string { everybody } },
    { "take_code", std::string { everybody } },
    { "list_own_sessions", std::string { everybody } },
    { "end_own_session", std::string { everybody } },
    { "list_accounts", "protection security administrator" },
    { "list_account_changes", "protection security administrator" },
    { "list_sign_ins", "protection security administrator" },
    { "add_account", "administrator" },
    { "change_account", "administrator" },
    { "close_account", "administrator" },
    { "set_password", "administrator" },
    { "remove_code", "administrator" },
    { "list_sessions", "administrator" },
    { "end_session", "administrator" },
    { "set_clearance", "security" },
    { "list_inbox", std::string { readers } },
    { "read_inbox_item", std::string { readers } },
    { "read_case", std::string { readers } },
    { "list_officers", std::string { officers } },
    { "read_case_access", std::string { readers } },
    { "name_officer", std::string { officers } },
    { "end_officer", std::string { officers } },
    { "take_case", "duty" },
    { "open_in_emergency", "duty" },
    { "list_proposals", std::string { readers } },
    { "confirm_proposal", std::string { officers } },
    { "send_back_proposal", std::string { officers } },
    { "list_errands", std::string { readers } },
    { "add_errand", std::string { officers } },
    { "finish_errand", std::string { officers } },
    { "read_shift", std::string { officers } },
    { "begin_shift", std::string { officers } },
    { "offer_shift", std::string { officers } },
    { "take_shift", "duty" },
    { "read_directory", std::string { everybody } },
    { "enter_contact", std::string { officers } + " analyst" },
    { "verify_contact", std::string { officers } + " analyst" },
    { "end_contact", std::string { officers } + " analyst" },
    { "publish_directory", std::string { officers } + " analyst" },
    { "list_direct_contacts", std::string { readers } },
    { "preview_case", std::string { readers } },
    { "export_case", std::string { readers } },
    { "list_exports", std::string { readers } },
    { "list_related", std::string { readers } },
    { "look_up", std::string { readers } },
    { "read_statistics", std::string { readers } + " analyst cycle" },
    { "read_statistics_file", std::string { readers } + " analyst cycle" },
    { "list_messages", std::string { readers } },
    { "read_message", std::string { readers } },
    { "follow_events", std::string { readers } },
    { "try_decision", std::string { officers } },
    { "send_request", std::string { officers } },
    { "try_call", std::string { officers } },
    { "keep_call", std::string { officers } },
    { "read_dna", std::string { everybody } },
    { "try_dna_request", std::string { officers } },
    { "send_dna_request", std::string { officers } },
    { "read_dna_case", std::string { readers } },
    { "confirm_dna_match", "duty case" },
    { "release_dna_result", "duty case" },
    { "order_dna_typing", "duty case" },
    { "add_dna_profiles", "duty case" },
    { "list_dna_relatives", std::string { officers } },
    { "add_dna_relative", "duty case" },
    { "withdraw_dna_consent", "duty case" },
    { "expect_kin", std::string { officers } },
    { "audit_dna_profiles", "duty case" },
    { "read_dna_audit", "duty case" },
    { "list_dna_runs", std::string { readers } },
    { "try_dna_run", std::string { officers } },
    { "propose_dna_run", std::string { officers } },
    { "read_dna_run", std::string { readers } },
    { "read_dna_run_portion", std::string { readers } },
    { "take_dna_run_step", "duty case" },
    { "begin_file", std::string { officers } },
    { "read_waiting_file", std::string { officers } },
    { "discard_file", std::string { officers } },
    { "put_file_piece", std::string { officers } },
    { "read_waiting_piece", std::string { officers } },
    { "open_case_file", std::string { readers } },
    { "read_case_file_piece", std::string { readers } },
    { "try_dna_sample", std::string { officers } },
    { "send_dna_sample", std::string { officers } },
    { "read_dna_sample", std::string { readers } },
    { "try_dna_sample_step", "duty case" },
    { "take_dna_sample_step", "duty case" },
    { "compare_dna_sample", "duty case" },
    { "try_notice", std::string { officers } + " analyst" },
    { "send_notice", std::string { officers } + " analyst" },
    { "try_step", "duty case" },
    { "take_step", "duty case" },
    { "read_case_protection", std::string { readers } },
    { "read_case_costs", std::string { readers } },
    { "try_cost", "duty case centre" },
    { "enter_cost", "duty case centre" },
    { "list_claims", std::string { readers } },
    { "read_claims_file", std::string { readers } },
    { "read_claim", std::string { readers } },
    { "take_claim_step", "duty" },
    { "correct_item", "duty case" },
    { "doubt_item", "duty case" },
    { "report_unlawful_use", "duty case" },
    { "settle_notice", "duty case" },
    { "read_security", "security" },
    { "read_security_rules", "security" },
    { "map_marking", "security" },
    { "change_level", "security" },
    { "report_breach", "security" },
    { "read_security_notice", "security" },
    { "settle_security_notice", "security" },
    { "read_protection_year", "protection" },
    { "read_protection_year_file", "protection" },
    { "ask_consent", "duty case" },
    { "answer_consent", "duty case" },
    { "withdraw_consent", "duty case" },
    { "read_protection", "protection" },
    { "list_operations", "protection" },
    { "sample_operations", "protection" },
    { "read_registers", "protection" },
    { "compare_registers", "protection" },
    { "list_person_requests", "protection" },
    { "enter_person_request", "protection" },
    { "read_person_request", "protection" },
    { "set_person_deadline", "protection" },
    { "search_for_person", "protection" },
    { "open_item_for_person", "protection" },
    { "choose_items_of_person", "protection" },
    { "ask_senders_of_person", "protection" },
    { "decide_for_person", "protection" },
    { "preview_person_letter", "protection" },
    { "make_person_letter", "protection" },
    { "mark_person_letter_sent", "protection" },
    { "open_comment_request", "protection" },
    { "answer_comment_request", "protection" },
    { "list_register", "protection" },
    { "prove_entry", std::string { readers } },
};

bool names(std::string_view list, std::string_view name)
{
    return (" " + std::string { list } + " ").find(" " + std::string { name } + " ")
        != std::string::npos;
}

} // namespace

TEST(WhoMay, every_role_at_every_endpoint_is_let_through_or_refused_with_its_paragraph)
{
    WholeDesk desk;
    for (auto const& endpoint : desk.endpoints) {
        ASSERT_TRUE(expected.contains(endpoint.operation)) << endpoint.operation;
        auto const& who = expected.at(endpoint.operation);
        if (who.empty()) continue;
        for (auto const& word : json::words<Role>()) {
            auto const name = short_name(*json::from_word<Role>(word));
            std::string wanted = names(who, name) ? "-" : "A31(4)(d)";
            bool const executive = who == "duty case" || endpoint.operation == "take_claim_step";
            if (executive && name == "liaison") wanted = "A9(3)-1";
            if (executive && name == "centre") wanted = "A29(4)-2";
            EXPECT_EQ(desk.provision(endpoint, name), wanted)
                << endpoint.operation << " by " << name;
        }
    }
}

TEST(WhoMay, nothing_but_signing_in_is_open_to_somebody_who_is_not)
{
    WholeDesk desk;
    for (auto const& endpoint : desk.endpoints) {
        if (expected.at(endpoint.operation).empty()) continue;
        EXPECT_EQ(desk.call(endpoint, "").status, 401) << endpoint.operation;
    }
}

TEST(WhoMay, an_officer_of_another_Party_gets_the_law_and_no_data_of_the_host)
{
    WholeDesk desk;
    for (auto const& endpoint : desk.endpoints) {
        auto const& who = expected.at(endpoint.operation);
        if (who.empty()) continue;
        EXPECT_EQ(desk.provision(endpoint, "abroad.case"), who == everybody ? "-" : "A31(7)")
            << endpoint.operation;
    }
}

TEST(WhoMay, what_is_written_down_here_is_there)
{
    WholeDesk desk;
    for (auto const& [operation, who] : expected)
        EXPECT_NE(std::ranges::find(desk.endpoints, operation, &Endpoint::operation),
            desk.endpoints.end())
            << operation;
}

} // namespace comity::http
