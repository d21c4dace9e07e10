#pragma once

#include "message/consent.h"

/// What stands on an item of personal data: whose it is, what it came for, how long it may be kept
/// and what may be done with it. It is sealed with the item; no column of a table repeats it.
namespace comity::protection {

enum class Category : std::uint8_t {
    victim,
    witness,
    minor,
    biometric,
    covert, ///< Art. 16, 17: for the compartment of undercover work alone.
    protected_person, ///< Art. 10: for the compartment of witness protection alone.
};
BOOST_DESCRIBE_ENUM(Category, victim, witness, minor, biometric, covert, protected_person)

/// The three dates of Art. 31(4)(b). Own rule: the law of the State that holds the item.
struct Deadlines {
    Date own_rule;
    std::optional<Date> sender {}; ///< What the sending Party set.
    std::optional<Date> end_of_need {}; ///< Neither the purpose nor (a) needs it from then on.
};
BOOST_DESCRIBE_STRUCT(Deadlines, (), (own_rule, sender, end_of_need))

/// The earliest of them: from that day on nobody reads the item, and on it the item is destroyed.
Date erase_by(Deadlines const& deadlines);

/// Puts destruction off, never reading: a court or the person needs what is held.
struct Hold {
    std::string ground;
    Date until; ///< On that day it is destroyed.
};
BOOST_DESCRIBE_STRUCT(Hold, (), (ground, until))

/// A consent of the State whose item it is, as its answer gave it (Art. 31(4)(a), (i), 27(12)).
struct Consent {
    message::ConsentSubject subject;
    std::string number;
    std::string from; ///< The State that consents.
    std::optional<std::string> purpose {}; ///< For another purpose: which.
    std::optional<std::string> recipient_state {}; ///< For a third State: which.
    std::optional<Date> valid_until {}; ///< The last day on which it holds.
    std::optional<std::vector<std::string>> limits {}; ///< Conditions, in the words of that State.
};
BOOST_DESCRIBE_STRUCT(
    Consent, (), (subject, number, from, purpose, recipient_state, valid_until, limits))

struct Label {
    std::string owner; ///< ISO 3166-1 alpha-2: the State whose data it is.
    std::string purpose; ///< What it was supplied for.
    std::vector<std::string> legal_basis; ///< Provisions: "A31(4)(a)-1".
    Deadlines deadlines;
    message::Handling handling {};
    std::optional<message::Evaluation> evaluation {};
    std::uint8_t level = 0; ///< 0 none to 4 TOP SECRET.
    bool onward_transfer = false; ///< The owner allowed it when it sent the item.
    bool evidence_use = false; ///< The same for evidence.
    std::vector<Category> categories {};
    std::optional<Hold> hold {};
    std::vector<Consent> consents {};
};
BOOST_DESCRIBE_STRUCT(Label, (),
    (owner, purpose, legal_basis, deadlines, handling, evaluation, level, onward_transfer,
        evidence_use, categories, hold, consents))

constexpr std::uint8_t level_max = 4;
constexpr std::size_t consents_max = 64;
constexpr std::size_t label_text_bytes_max = 4096; ///< Of each text in it.

/// Error: malformed, naming the member and its rule.
Result<void> check(Label const& label);

/// The day of destruction: erase_by, or the end of a hold that is later.
Date destroy_on(Label const& label);

/// Where an item stands on a day.
enum class Stage : std::uint8_t {
    kept, ///< Before its day.
    held, ///< Past its day under a hold: there, but closed.
    due, ///< To be destroyed today.
    overdue,
};
BOOST_DESCRIBE_ENUM(Stage, kept, held, due, overdue)
Stage stage_of(Label const& label, Date today);

} // namespace comity::protection
