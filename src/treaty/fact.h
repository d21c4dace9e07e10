#pragma once

#include "base/instant.h"
#include "base/json.h"
#include "treaty/words.h"

#include <array>
#include <string>
#include <vector>

namespace comity::treaty {

/// The place of a fact in the flat array of all facts.
using FactId = std::uint16_t;

enum class FactType : std::uint8_t { boolean, word, date, instant, integer, text };
BOOST_DESCRIBE_ENUM(FactType, boolean, word, date, instant, integer, text)

/// What is told of a fact in one place: everything else (reading, printing, the lists on a screen)
/// comes from here.
struct FactDescription {
    FactId id;
    std::string_view name; ///< Shown to officers and kept in decisions: never changed.
    FactType type;
    std::string_view meaning; ///< One English sentence of ours.
    std::int64_t least = 0, most = 0; ///< Of an integer.
    /// Of a word fact, in the order of values.
    std::vector<std::string> const& (*words)() = nullptr;
    /// Of a text: the id of an authority, which provisions compare; other texts are only given or
    /// not.
    bool names_authority = false;
};

struct BooleanFact : FactDescription { };
struct DateFact : FactDescription { };
struct InstantFact : FactDescription { };
struct IntegerFact : FactDescription { };
struct TextFact : FactDescription { };
template <class Enum> struct WordFact : FactDescription { };

constexpr BooleanFact boolean_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::boolean, meaning } };
}
constexpr DateFact date_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::date, meaning } };
}
constexpr InstantFact instant_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::instant, meaning } };
}
constexpr IntegerFact integer_fact(FactId id, std::string_view name, std::int64_t least,
    std::int64_t most, std::string_view meaning)
{
    return { { id, name, FactType::integer, meaning, least, most } };
}
constexpr TextFact text_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::text, meaning } };
}
constexpr TextFact authority_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::text, meaning, 0, 0, nullptr, true } };
}
template <class Enum>
constexpr WordFact<Enum> word_fact(FactId id, std::string_view name, std::string_view meaning)
{
    return { { id, name, FactType::word, meaning, 0, 0, json::words<Enum> } };
}

} // namespace comity::treaty
