#pragma once

#include "base/instant.h"
#include "base/json.h"
#include "treaty/words.h"

#include <array>
#include <bitset>
#include <optional>
#include <span>

namespace comity::treaty {

/// The place of a fact in the flat array of all facts.
using FactId = std::uint8_t;

enum class FactType : std::uint8_t { boolean, word, date, integer, text };
BOOST_DESCRIBE_ENUM(FactType, boolean, word, date, integer, text)

/// What is told of a fact in one place: everything else (reading, printing, the lists on a screen)
/// comes from here.
struct FactDescription {
    FactId id;
    std::string_view name; ///< Shown to officers and kept in decisions: never changed.
    FactType type;
    std::string_view meaning; ///< One English sentence of ours.
    std::int64_t least = 0, most = 0; ///< Of an integer.
    std::vector<std::string> (*words)() = nullptr; ///< Of a word fact, in the order of values.
};

struct BooleanFact : FactDescription { };
struct DateFact : FactDescription { };
struct IntegerFact : FactDescription { };
struct TextFact : FactDescription {
    std::uint8_t slot; ///< Its place among the texts.
};
template <class Enum> struct WordFact : FactDescription { };

constexpr BooleanFact boolean_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::boolean, meaning } };
}
constexpr DateFact date_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::date, meaning } };
}
constexpr TextFact text_fact(
    FactId id, std::uint8_t slot, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::text, meaning }, slot };
}
template <class Enum>
constexpr WordFact<Enum> word_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::word, meaning, 0, 0, json::words<Enum> } };
}

/// Every fact that a provision may read, by its meaning for an officer.
namespace fact {
inline constexpr auto purpose = word_fact<Purpose>(
    0, "purpose", "What the cooperation is for: one of the four purposes of Art. 1, or another.");
inline constexpr auto kind
    = word_fact<Kind>(1, "kind", "What is asked: the letters of Art. 4(5), or other.");
inline constexpr auto need_ground = word_fact<NeedGround>(2, "need-ground",
    "Why data on a vehicle, vessel or aircraft are needed; none when there is no such need.");
inline constexpr auto vehicle_class
    = word_fact<VehicleClass>(3, "vehicle-class", "Whether it goes by road, water or air.");
inline constexpr auto disputed_territory = boolean_fact(4, "disputed-territory",
    "The vehicle, vessel or aircraft was found where the border is not settled.");
inline constexpr auto offence
    = text_fact(5, 0, "offence", "The criminal offence, in the officer's words.");
inline constexpr auto case_number
    = text_fact(6, 1, "case-number", "The file of the requesting authority.");
inline constexpr auto personal_data = boolean_fact(
    7, "personal-data", "What is sent relates to a person who is or can be identified.");
inline constexpr auto erase_by = date_fact(8, "erase-by",
    "The date by which the receiver must have destroyed the personal data, set by the sender.");
inline constexpr auto requesting_authority
    = text_fact(9, 2, "requesting-authority", "The id of the authority that asks.");
inline constexpr auto requested_authority
    = text_fact(10, 3, "requested-authority", "The id of the authority that is asked.");
inline constexpr auto route = word_fact<Route>(11, "route",
    "Between the National Central Units, directly between two authorities, or to the "
    "authority that keeps a register of vehicles.");
inline constexpr auto direct_ground = word_fact<DirectGround>(
    12, "direct-ground", "Why the two authorities deal with each other directly, or none.");
inline constexpr auto direct_expedient = boolean_fact(13, "direct-expedient",
    "Dealing directly is expedient; for the requesting authority to judge.");
inline constexpr auto border_region = boolean_fact(14, "border-region",
    "The crime will most probably be investigated by authorities of the border region, and "
    "both authorities belong to it.");
inline constexpr auto threat_immediate = boolean_fact(
    15, "threat-immediate", "A threat to public order or security is about to become real.");
inline constexpr auto usual_channel_too_late = boolean_fact(16, "usual-channel-too-late",
    "Between the National Central Units the request would arrive too late.");
inline constexpr auto subject_named
    = boolean_fact(17, "subject-named", "The request says whom or what it is about.");
inline constexpr auto explanation = text_fact(
    18, 4, "explanation", "What a request is for that none of the listed kinds covers.");
inline constexpr auto compartment = word_fact<Compartment>(
    19, "compartment", "The closed circle that alone may see the case, or none.");
inline constexpr auto judicial_reserved = boolean_fact(20, "judicial-reserved",
    "By the law of one of the two Parties only a judicial authority may deal with this "
    "request or its execution. Not read where the judicial-reservation table answers.");
inline constexpr auto competent
    = boolean_fact(21, "competent", "The requested authority may itself execute the request.");
inline constexpr auto medium = word_fact<Medium>(22, "medium",
    "How it is conveyed: by this system, fax, e-mail or courier (all written), or orally.");
inline constexpr auto urgent = boolean_fact(23, "urgent", "The case is urgent.");
inline constexpr auto channel_secure = boolean_fact(24, "channel-secure",
    "The connection is as secure as the sensitivity of the personal data demands; for the "
    "security officer to judge.");
inline constexpr auto request_oral
    = boolean_fact(25, "request-oral", "The request that is answered was made orally.");
inline constexpr auto confirmed_in_writing = boolean_fact(
    26, "confirmed-in-writing", "The written confirmation of the oral request has arrived.");
inline constexpr auto official_authorised = boolean_fact(
    27, "official-authorised", "The official at work may use this means of communication.");
inline constexpr auto refusal_ground
    = word_fact<RefusalGround>(28, "refusal-ground", "Why the request is refused.");
inline constexpr auto reasons
    = text_fact(29, 5, "reasons", "The reasons of the refusal, in words.");
inline constexpr IntegerFact classification_level { { 30, "classification-level", FactType::integer,
    "0 not classified, 1 to 4 the rows of the table of Art. 32, from RESTRICTED to "
    "TOP SECRET.",
    0, 4 } };
inline constexpr auto classification_reason = text_fact(
    31, 6, "classification-reason", "Why the information is classified, and why so high.");
inline constexpr IntegerFact channel_level { { 32, "channel-level", FactType::integer,
    "The highest classification level for which both Parties accept this channel; 0 none.", 0,
    4 } };
inline constexpr auto handling_agreed = boolean_fact(33, "handling-agreed",
    "The receiver, who has no marking of this level, agreed how to protect the information.");
inline constexpr auto security_agreement = boolean_fact(
    34, "security-agreement", "A security agreement between the two Parties is in force.");
inline constexpr auto supervisor_permission = boolean_fact(35, "supervisor-permission",
    "The data-protection supervisor of the sending Party permitted the transfer, for this "
    "case or in general.");
} // namespace fact

constexpr std::size_t fact_count = 36;
constexpr std::size_t text_fact_count = 7;

/// All facts, each at the place of its id.
std::span<FactDescription const* const, fact_count> fact_descriptions();
FactDescription const* find_fact(std::string_view name);

/// What is known of a case. A fact that was not told is unknown, which is neither no nor empty.
/// Texts are kept for the record; provisions ask whether they are given and compare authorities.
class Facts {
public:
    static constexpr std::size_t text_bytes_max = 4096;

    void tell(BooleanFact const& fact, bool value) { put(fact.id, value); }
    void tell(DateFact const& fact, Date value) { put(fact.id, value.time_since_epoch().count()); }
    void tell(IntegerFact const& fact, std::int64_t value) { put(fact.id, value); }
    void tell(TextFact const& fact, std::string value);
    template <class Enum> void tell(WordFact<Enum> const& fact, Enum value)
    {
        put(fact.id, static_cast<std::int64_t>(value));
    }
    /// For programs that go through the values of a fact: the number as number() gives it back.
    void tell_number(FactDescription const& fact, std::int64_t value) { put(fact.id, value); }
    void forget(FactDescription const& fact) { known_[fact.id] = false; }

    bool knows(FactId fact) const { return known_[fact]; }
    /// The plain number of a fact that is known; of a text whether it has any letter.
    std::int64_t number(FactId fact) const { return numbers_[fact]; }
    std::string const& text(TextFact const& fact) const { return texts_[fact.slot]; }

    /// Facts by name, as JSON: booleans, words, dates (2026-04-17), whole numbers and texts; null
    /// is the same as not told. Errors name the fact by its path.
    static Result<Facts> read(json::Object const& object, std::string const& path);
    /// Only what is known, in the order of the ids.
    json::Object write() const;

private:
    void put(FactId fact, std::int64_t value)
    {
        known_[fact] = true;
        numbers_[fact] = value;
    }
    Result<void> read_one(
        FactDescription const& fact, json::Value const& value, std::string const& path);

    std::bitset<fact_count> known_;
    std::array<std::int64_t, fact_count> numbers_ {};
    std::array<std::string, text_fact_count> texts_;
};

} // namespace comity::treaty
