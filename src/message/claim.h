#pragma once

#include "message/value.h"

/// Damage and costs: Articles 20(1), 22, 23, 31(5) and 35.
namespace comity::message {

enum class DamageCause : std::uint8_t { officials_at_their_tasks, personal_data, other };
BOOST_DESCRIBE_ENUM(DamageCause, officials_at_their_tasks, personal_data, other)

/// A22, A23, A31(5). What happened, what it cost and who paid it.
struct DamageClaim {
    std::string claim_number;
    DamageCause cause;
    Period happened;
    std::optional<Place> place {};
    std::string circumstances;
    std::optional<std::string> operation {};
    std::vector<MessageReference> messages {};
    Money damage;
    std::optional<Money> paid_to_injured {};
    std::vector<Attachment> attachments {};
    std::optional<std::vector<std::uint64_t>>
        register_rows {}; ///< A31(5): of the claimant's own register.
};
BOOST_DESCRIBE_STRUCT(DamageClaim, (),
    (claim_number, cause, happened, place, circumstances, operation, messages, damage,
        paid_to_injured, attachments, register_rows))

/// One line of an account.
struct CostItem {
    std::string subject;
    Money amount;
    Date date;
};
BOOST_DESCRIBE_STRUCT(CostItem, (), (subject, amount, date))

/// A20(1), A23(3), A31(5), A35.
struct ReimbursementRequest {
    std::string claim_number;
    std::string ground_provision;
    std::vector<CostItem> items {};
    Money total;
    std::optional<Date> pay_by {};
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(
    ReimbursementRequest, (), (claim_number, ground_provision, items, total, pay_by, attachments))

enum class SettlementOutcome : std::uint8_t {
    accepted,
    paid,
    partly_accepted,
    declined,
    waived, ///< By the Party that claims: it takes back the amount, or what is left.
    received, ///< By whom a payment was made to: the message that is answered told of it.
    not_received
};
BOOST_DESCRIBE_ENUM(
    SettlementOutcome, accepted, paid, partly_accepted, declined, waived, received, not_received)

enum class DisputeGround : std::uint8_t {
    not_owed,
    amount_too_high,
    not_proved,
    already_paid,
    other
};
BOOST_DESCRIBE_ENUM(DisputeGround, not_owed, amount_too_high, not_proved, already_paid, other)

/// A23(3), A31(5), A35. What either Party says or did about a claim.
struct Settlement {
    std::string claim_number;
    SettlementOutcome outcome;
    std::optional<Money> amount {};
    std::optional<Date> paid_on {};
    std::optional<std::string> payment_reference {};
    std::optional<std::string> text {};
    std::optional<DisputeGround> dispute_ground {}; ///< Of the part that is not accepted.
};
BOOST_DESCRIBE_STRUCT(Settlement, (),
    (claim_number, outcome, amount, paid_on, payment_reference, text, dispute_ground))

} // namespace comity::message
