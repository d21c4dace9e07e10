#pragma once

#include "base/json.h"

#include <optional>
#include <span>

namespace comity::access {

/// What an account is for. An account may hold several; the administrator's stands alone.
enum class Role : std::uint8_t {
    duty_officer, ///< Keeps the desk of the National Central Unit day and night.
    case_officer, ///< Works on cases and asks other Parties.
    liaison_officer, ///< Advises and assists at another Party's authorities (Art. 9).
    centre_officer, ///< Sits at a desk of a common centre (Art. 29).
    data_protection_officer, ///< Supervises: reads all; acts for the person who asks alone.
    security_officer, ///< Clears accounts, guards what is classified; reads no case (Art. 32).
    analyst, ///< Situation, threat and migration reports; no single case (Art. 7, 8).
    cycle_manager, ///< The strategic cycle; no personal data.
    depositary_clerk, ///< Instruments and notices of the treaty (Art. 38).
    committee_secretary, ///< Meetings and decisions of the Committee of Ministers (Art. 33).
    field_commander, ///< Leads a pursuit, a surveillance, a patrol.
    administrator, ///< Keeps accounts and the node running; never sees content.
};
BOOST_DESCRIBE_ENUM(Role, duty_officer, case_officer, liaison_officer, centre_officer,
    data_protection_officer, security_officer, analyst, cycle_manager, depositary_clerk,
    committee_secretary, field_commander, administrator)

/// What somebody who is signed in may want to do at the desk.
enum class Action : std::uint8_t {
    keep_session, ///< See and end one's own sessions, change one's own way to sign in.
    read_node, ///< State of the node and its peers; no content.
    read_law, ///< Provisions, Parties, code lists.
    read_cases, ///< Inbox, cases, messages: content.
    follow_events, ///< Live notices; they name cases.
    send_request, ///< Judge a request and send it; keep one that came by telephone.
    inform_party, ///< Judge and send what nobody asked for: Art. 3, 6, 7, 8.
    decide_case, ///< Answer, refuse, set conditions, pass on: the Party speaks. Executive.
    assign_case, ///< Open what nobody has taken, take it over, name who needs to know a case.
    open_in_emergency, ///< Open a case of others for a stated reason; all of them learn of it.
    supervise_cases, ///< Read every case without being named for it (Art. 31(4)(e)).
    answer_persons, ///< Answer persons' requests, comment on another State's (Art. 31(4)(g)).
    enter_costs, ///< Enter what a case cost, with the claim's draft that follows (Art. 35).
    settle_claims, ///< Send a claim, accept, dispute, pay: the Party speaks. Executive.
    read_statistics, ///< Totals of requests and answers; no case, no person.
    read_register, ///< Every entry of the register, to supervise data protection (A31(4)(e)-4).
    read_sign_ins, ///< Who signed in or failed to.
    read_accounts, ///< Names, roles, clearances; no passwords, no sessions.
    administer_accounts, ///< Add and close accounts, their roles, ways to sign in and sessions.
    clear_accounts, ///< Clearance and compartments (Art. 32(5), 10(1), 16).
    guard_classified, ///< Levels, breaches, packets, prints: no content (Art. 32).
};
BOOST_DESCRIBE_ENUM(Action, keep_session, read_node, read_law, read_cases, follow_events,
    send_request, inform_party, decide_case, assign_case, open_in_emergency, supervise_cases,
    answer_persons, enter_costs, settle_claims, read_statistics, read_register, read_sign_ins,
    read_accounts, administer_accounts, clear_accounts, guard_classified)

/// Whether an action is one of a Party's authorities over persons or another Party's request.
bool is_executive(Action action);
/// Whether an action touches data of the Party that keeps the node.
bool touches_data(Action action);

/// Why an account may not do something.
struct Refusal {
    std::string provision; ///< What it rests on: "A9(3)-1".
    std::string what; ///< One sentence.
};

/// Who wants to: his roles, and whether he serves the Party that keeps the node.
struct Bearer {
    std::span<Role const> roles;
    bool of_host = true;
};

/// Nothing where one of the roles is given the action in the table of role.cpp, none of them is
/// forbidden it, and it is not the data of a Party that he does not serve (Art. 31(7)).
std::optional<Refusal> refused(Bearer const& bearer, Action action);

/// One cell of the table.
enum class Cell : std::uint8_t { given, not_given, forbidden };
Cell cell(Role role, Action action);
/// What `comity access table` prints: a line an action, a column a role.
std::string print_table();

} // namespace comity::access
