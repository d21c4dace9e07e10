#pragma once

#include "base/instant.h"
#include "treaty/truth.h"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace comity::treaty {

/// A State by its two capital letters (ISO 3166-1). Any two letters make a code; whether the State
/// is a Contracting Party on a date only the law can say.
class PartyCode {
public:
    constexpr PartyCode() = default;
    /// Error: malformed unless it is two capital letters.
    static Result<PartyCode> parse(std::string_view text);
    /// A code that stands in the source: PartyCode::of("BG").
    static consteval PartyCode of(char const (&letters)[3])
    {
        PartyCode out;
        out.letters_ = { letters[0], letters[1] };
        return out;
    }

    std::string text() const { return { letters_.begin(), letters_.end() }; }
    constexpr auto operator<=>(PartyCode const&) const = default;

private:
    std::array<char, 2> letters_ { '?', '?' };
};

/// From the first day to before the last: [from, until).
struct Validity {
    Date from, until;

    constexpr bool covers(Date date) const { return from <= date && date < until; }
};

/// The `until` of what has no end.
constexpr Date open_end
    = std::chrono::sys_days { std::chrono::year { 9999 } / std::chrono::December / 31 };

/// Where a row of the data was taken from; a place in the list of sources. 0 is the Convention. The
/// top bit marks a source that stands in for a real one in demonstrations and tests.
using SourceId = std::uint16_t;
constexpr SourceId source_convention = 0;
constexpr SourceId source_test_bit = 0x8000;
constexpr bool is_test_source(SourceId source)
{
    return (source & source_test_bit) != 0;
}

struct PartyName {
    std::string name;
    Validity validity;
};

/// A Contracting Party and its dates (Art. 39, 40). What was found nowhere stays empty: then only
/// the limits of its entry into force are known.
struct Party {
    PartyCode code;
    std::string zone; ///< IANA.
    std::vector<std::string> languages; ///< ISO 639-1.
    std::optional<Date> eu_member_since;
    std::optional<Date> signed_on; ///< Empty for a Party that acceded.
    std::optional<Date> deposited_on;
    std::optional<Date> published_in_force_on;
    std::optional<Date> in_force_not_before, in_force_not_after;
    std::optional<Date> withdrawal_received_on; ///< By the depositary (Art. 42(2)).
    Validity validity;
    SourceId source = source_convention;
    std::string note;
    std::vector<PartyName> names;

    /// Art. 40: the ninetieth day after deposit; empty while the deposit is not known.
    std::optional<Date> computed_in_force_on() const;
    /// The date that counts: the published one, else the computed one, else empty.
    std::optional<Date> in_force_on() const;
    /// Art. 42(2): the first day on which a Party that withdrew is none any more.
    std::optional<Date> left_on() const;
    Truth in_force(Date date) const;
    /// The name in English on a date; empty before it had one.
    std::string_view name(Date date) const;
};

} // namespace comity::treaty
