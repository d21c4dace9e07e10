#pragma once

#include "treaty/view.h"

namespace comity::treaty {

/// Bits of the measures that a provision governs.
using Measures = std::uint64_t;
constexpr Measures on(Measure measure)
{
    return Measures { 1 } << static_cast<unsigned>(measure);
}
constexpr std::size_t measure_count = 4;
constexpr Measures requests
    = on(Measure::information_request) | on(Measure::information_request_received);
/// What the sender alone can judge, before anything leaves.
constexpr Measures sendings = on(Measure::information_request) | on(Measure::information_answer);
constexpr Measures transmissions = requests | on(Measure::information_answer);
constexpr Measures all_measures = transmissions | on(Measure::refusal);

/// The day of signature: since then the text is what it is.
constexpr Date text_since
    = std::chrono::sys_days { std::chrono::year { 2006 } / std::chrono::May / 5 };

/// One duty of the Convention as a rule. The official text is never copied; `law` restates it in
/// our own short English. In the reasons {requesting}, {requested}, {sender}, {receiver} stand for
/// the Parties and {requesting-date}, {requested-date}, {sender-date} for their civil dates.
struct Provision {
    std::string_view id; ///< "A31(4)(b)-1"; for ever.
    std::string_view title; ///< A few words.
    std::string_view law;
    Effect effect;
    Measures measures;
    Outcome (*judge)(View&);
    std::string_view holds, fails, not_applicable; ///< The reason for each result.
    std::string_view duty {}; ///< What somebody must do when it holds.
    std::string_view delegated {}; ///< What no machine may decide, and who does.
    Validity validity { text_since, open_end };
};

constexpr Outcome outcome(Truth condition)
{
    return condition.unknown() ? Outcome::missing
        : condition.yes()      ? Outcome::holds
                               : Outcome::fails;
}

/// A duty arises or does not; it cannot fail.
constexpr Outcome arises(Truth condition)
{
    return condition.no() ? Outcome::not_applicable : outcome(condition);
}

/// The outcome of a provision whose case is not certainly given.
constexpr Outcome skip(Truth applies)
{
    return applies.unknown() ? Outcome::missing : Outcome::not_applicable;
}

/// The provisions by their place in the text, each part in its order.
namespace text {
extern std::span<Provision const> const scope; ///< Art. 1 and 2.
extern std::span<Provision const> const mutual_assistance; ///< Art. 4(1) to (4).
extern std::span<Provision const> const request_kinds; ///< Art. 4(5).
extern std::span<Provision const> const form_of_requests; ///< Art. 4(6).
extern std::span<Provision const> const refusal; ///< Art. 30.
extern std::span<Provision const> const data_protection; ///< Art. 31.
extern std::span<Provision const> const classified_information; ///< Art. 32.
extern std::span<Provision const> const entry_into_force; ///< Art. 40.
extern std::span<Provision const> const reservations; ///< Art. 41.
} // namespace text

/// Every provision, in the order of the text; reservations last.
std::vector<Provision const*> provisions();
Provision const* find_provision(std::string_view id);

} // namespace comity::treaty
