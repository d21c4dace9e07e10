#pragma once

#include "base/json.h"

#include <span>

namespace comity::access {

/// What an account is for. An account may hold several; the administrator's stands alone.
enum class Role : std::uint8_t {
    duty_officer, ///< Keeps the desk of the National Central Unit day and night.
    case_officer, ///< Works on cases and asks other Parties.
    data_protection_officer, ///< Supervises: reads all, changes nothing.
    administrator, ///< Keeps accounts and the node running; never sees content.
};
BOOST_DESCRIBE_ENUM(Role, duty_officer, case_officer, data_protection_officer, administrator)

/// What somebody who is signed in may want to do at the desk.
enum class Action : std::uint8_t {
    keep_session, ///< See and end one's own session.
    read_node, ///< State of the node and its peers; no content.
    read_law, ///< Provisions, Parties, code lists.
    read_cases, ///< Inbox, cases, messages: content.
    follow_events, ///< Live notices; they name cases.
    send_request, ///< Judge a draft, send it.
    read_register, ///< Entries of the register and their proofs.
    read_sign_ins, ///< Who signed in or failed to.
    administer_accounts, ///< Add and close accounts, set passwords.
};
BOOST_DESCRIBE_ENUM(Action, keep_session, read_node, read_law, read_cases, follow_events,
    send_request, read_register, read_sign_ins, administer_accounts)

/// True when one of the roles is given the action in the table of role.cpp.
bool may(std::span<Role const> roles, Action action);

} // namespace comity::access
