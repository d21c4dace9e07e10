#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <span>
#include <string_view>

/// What each member of a content means and how large it may be: one line for a name wherever it
/// stands, or one for "Struct.name" where a struct means something of its own by it. Reading,
/// the schema and docs/MESSAGES.md take their limits and words from here and nowhere else.
namespace comity::message {

/// How a text is spelt. Lengths are bytes of UTF-8; only a text may hold line feeds.
enum class Spelling : std::uint8_t {
    any, ///< No text: a date, a struct, a number of any size.
    line,
    text,
    words, ///< One of a closed list, in `words` with a blank between.
    number, ///< least to most.
    uuid,
    sha256,
    base64,
    state, ///< ISO 3166-1 alpha-2.
    language, ///< BCP 47: letters, digits, dashes.
    currency, ///< ISO 4217.
};
BOOST_DESCRIBE_ENUM(
    Spelling, any, line, text, words, number, uuid, sha256, base64, state, language, currency)

struct Rule {
    Spelling spelling = Spelling::any;
    std::int64_t least = 0; ///< Bytes, or the number itself.
    std::int64_t most = 0;
    std::string_view words {};
};

constexpr std::uint32_t items_max_default = 100;
struct Items {
    std::uint32_t least = 0;
    std::uint32_t most = items_max_default;
};

struct Meaning {
    std::string_view name; ///< On the wire: "birthDate", "Refusal.kind".
    Rule rule;
    std::string_view english;
    Items items {}; ///< Where the member is a list; the rule is then that of an item.
};

/// The line of a member; none where somebody forgot it, which a test finds.
Meaning const* meaning(std::string_view of_struct, std::string_view member);
/// All lines, file after file.
std::span<std::span<Meaning const> const> dictionary();

} // namespace comity::message
