#include "main/show_dna.h"

#include "message/first_connection.h"
#include "message/type.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace comity::main {
namespace {

using casework::ContentView;
using message::Type;

std::string weight(std::span<message::DnaWeight const> weights)
{
    if (weights.empty()) return {};
    return fmt::format(", 10^{} ({})", weights.front().log_10_ratio, weights.front().population);
}

std::string line_of(message::DnaMatch const& match)
{
    auto out = fmt::format("    {} and {}: quality {}, {} of {} loci", match.profile_number,
        match.found_number, match.quality, match.loci_agreeing, match.loci_compared);
    if (match.evidence)
        out += fmt::format("{}; {} expected by chance among {} profiles",
            weight(match.evidence->weights), match.evidence->chance_hits_expected,
            match.evidence->profiles_searched);
    return fmt::format("{}  [{}]\n", out, match.match);
}

std::string line_of(message::KinCandidate const& candidate)
{
    return fmt::format("    {} ({}): {} loci{}  [{}]\n", candidate.found_number,
        json::word(candidate.found_kind), candidate.loci_compared, weight(candidate.weights),
        candidate.match);
}

template <class Hit> std::string lines_of(std::vector<Hit> const& hits)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(hits.size(), hits_shown_max); ++i) out += line_of(hits[i]);
    if (hits.size() > hits_shown_max)
        out += fmt::format("    and {} more\n", hits.size() - hits_shown_max);
    return out;
}

std::string lines_of(message::DnaResult const& result)
{
    auto out = fmt::format("  Comparison: {}{}{}\n", json::word(result.result),
        result.later.value_or(false) ? ", found later" : "",
        result.rules ? fmt::format(" under {}", *result.rules) : std::string {});
    out += lines_of(result.matches);
    if (result.candidates) out += lines_of(*result.candidates);
    if (result.matches_found) out += fmt::format("    {} in all\n", *result.matches_found);
    if (auto const& kin = result.kin_evidence)
        out += fmt::format("    {} bodies and missing persons; the missing one is listed with {}, "
                           "{} strangers expected\n",
            kin->profiles_searched, kin->chance_found, kin->false_candidates_expected);
    if (result.profile_stored && result.stored_until)
        out += fmt::format("    kept for later searches until {}\n", to_text(*result.stored_until));
    if (!result.additional_loci_asked.empty())
        out += fmt::format(
            "    further loci asked: {}\n", fmt::join(result.additional_loci_asked, ", "));
    return out;
}

std::string lines_of(message::DnaConfirmation const& said)
{
    std::vector<std::string> experts;
    for (auto const& expert : said.experts) experts.push_back(expert.code);
    return fmt::format("  Experts on {}: {} by {}\n", said.match,
        said.confirmed ? "confirmed" : "not confirmed", fmt::join(experts, ", "));
}

std::string lines_of(message::DnaRunResult const& result)
{
    return fmt::format("  Portion {}: {} hits\n", result.portion, result.matches_found)
        + lines_of(result.matches);
}

std::string lines_of(message::DnaSamplingAnswer const& answer)
{
    auto out = fmt::format("  Sample: {}\n", json::word(answer.sampling_step));
    if (answer.profile)
        out += fmt::format("    profile {}, {} loci{}\n", answer.profile->profile_number,
            answer.profile->loci.size(),
            answer.sampled_on ? ", taken on " + to_text(*answer.sampled_on) : std::string {});
    if (answer.costs)
        out += fmt::format("    costs to be paid back: {} of the smallest unit of {} (A20(3)(d))\n",
            answer.costs->amount_minor, answer.costs->currency);
    return out;
}

template <class Body> std::string lines_in(ContentView const& content)
{
    auto const read = json::read<Body>(content.content, json::Unknown::keep);
    return read.ok() ? lines_of(read.value()) : std::string {};
}

} // namespace

std::string dna_lines(std::span<ContentView const> contents)
{
    using Lines = std::string (*)(ContentView const&);
    static constexpr std::pair<Type, Lines> shown[] {
        { Type::dna_result, lines_in<message::DnaResult> },
        { Type::dna_confirmation, lines_in<message::DnaConfirmation> },
        { Type::dna_run_result, lines_in<message::DnaRunResult> },
        { Type::dna_sampling_answer, lines_in<message::DnaSamplingAnswer> },
    };
    std::string out;
    for (auto const& content : contents)
        for (auto const& [type, lines] : shown)
            if (content.type == json::word(type)) out += lines(content);
    return out;
}

} // namespace comity::main
