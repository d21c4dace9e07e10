#pragma once

#include "treaty/decision.h"

/// Cases that a jurist reads and writes without knowing the program:
///
///     Background
///       information-request from BG to RO
///       at 2026-04-17T09:14:00Z
///       purpose = investigation
///
///     Case the purpose lies outside the Convention
///       purpose = other
///       expect A1 fails
///       expect refused
///
/// A case begins with the last background of its file and changes what it names. Lines:
/// `<measure>`, `from XX`, `to XX` (also on one line), `at <instant>`, `<fact> = <value>`, `<fact>
/// unknown`, `expect <provision> <result>`, `expect <provision> missing <fact>, <fact>`, `expect
/// <provision> source <words>`, `expect <provision> reason <sentence>`, `expect <provision> due
/// <instant>` or `due immediately`, `expect <verdict>`. '#' begins a remark.
namespace comity::treaty {

struct Expectation {
    enum class What : std::uint8_t { result, missing, source, reason, due, verdict };
    What what;
    std::size_t line;
    std::string provision; ///< Empty for a verdict.
    std::string words; ///< What is expected, as it stands in the text.
};

struct TextCase {
    std::string title;
    std::size_t line;
    Situation situation;
    std::vector<Expectation> expectations;
};

/// Errors: malformed, naming file and line; a case without expectations is refused.
Result<std::vector<TextCase>> read_cases(Law const& law, File const& file);

/// What came out otherwise than expected, one sentence each; empty when all is as expected.
std::vector<std::string> differences(TextCase const& text_case, Decision const& decision);

} // namespace comity::treaty
