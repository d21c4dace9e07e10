#pragma once

#include "message/value.h"

/// Consent before another use: Articles 5(2), 27(12)(b), 30(2), 31(4)(a)-2 and 31(4)(i).
namespace comity::message {

enum class ConsentSubject : std::uint8_t {
    other_purpose,
    special_methods,
    other_offences,
    equipment_to_third_state,
    information_to_third_state,
    evidence_use
};
BOOST_DESCRIBE_ENUM(ConsentSubject, other_purpose, special_methods, other_offences,
    equipment_to_third_state, information_to_third_state, evidence_use)

/// What was received, what it is wanted for and who would get it.
struct ConsentRequest {
    ConsentSubject consent_for;
    std::vector<MessageReference> received {};
    std::string purpose_received;
    std::string purpose_wanted;
    std::optional<std::string> recipient {};
    std::optional<std::string> recipient_state {};
    std::string justification;
    std::optional<Instant> answer_by {};
};
BOOST_DESCRIBE_STRUCT(ConsentRequest, (),
    (consent_for, received, purpose_received, purpose_wanted, recipient, recipient_state,
        justification, answer_by))

/// A27(12)(b): consent is withheld only on the two grounds of that letter.
struct ConsentAnswer {
    bool granted;
    std::optional<std::string> consent_number {};
    std::vector<std::string> limits {};
    std::optional<Date> valid_until {};
    std::optional<std::string> withholding_ground {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(
    ConsentAnswer, (), (granted, consent_number, limits, valid_until, withholding_ground, text))

/// From when on, and what becomes of what was done before.
struct ConsentWithdrawal {
    std::string consent_number;
    MessageReference consent_message;
    Instant withdrawn_from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(
    ConsentWithdrawal, (), (consent_number, consent_message, withdrawn_from, reason))

} // namespace comity::message
