#include "identification/result.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using message::LocusAgreement;

LocusAgreement agreement_of(dna::Agreement agreement)
{
    static_assert(static_cast<int>(LocusAgreement::mismatch)
        == static_cast<int>(dna::Agreement::mismatch)); // the same words in the same order
    return static_cast<LocusAgreement>(agreement);
}

message::DnaEvidence evidence_of(Found const& found, std::uint64_t profiles, double theta)
{
    message::DnaEvidence out { fmt::format("{:.3g}", theta), {},
        static_cast<std::int64_t>(profiles), figure(found.chance.of_this_kind),
        figure(found.chance.at_least_one), found.chance.at_legal_minimum };
    for (auto const& weight : found.weights)
        out.weights.push_back({ weight.population, fmt::format("{:.2f}", weight.log10_ratio) });
    return out;
}

} // namespace

std::string figure(double value)
{
    constexpr double whole = 10;
    return value >= whole ? fmt::format("{:.0f}", value) : fmt::format("{:.2g}", value);
}

message::DnaMatch match_of(Found const& found, std::uint64_t profiles, double theta,
    dna::Profile const& query, dna::LocusTable const& table, std::string id)
{
    auto const& comparison = found.comparison;
    message::DnaMatch out { std::move(id), query.reference, found.reference, comparison.compared,
        comparison.matching, std::to_string(comparison.quality) };
    out.locus_results.emplace();
    for (auto const& locus : comparison.loci)
        out.locus_results->push_back(
            { table.loci()[locus.locus].name, agreement_of(locus.agreement) });
    out.evidence = evidence_of(found, profiles, theta);
    return out;
}

std::vector<std::string> loci_asked(
    Found const& found, dna::Profile const& query, dna::Knowledge const& knowledge, double theta)
{
    auto const expected = found.chance.of_this_kind;
    if (expected <= chance_hits_max) return {};
    auto const advice = dna::retyping(found.comparison, dna::loci_of(query.genotype),
        dna::loci_of(found.genotype), expected, knowledge.frequencies, knowledge.table, theta,
        chance_hits_max);
    std::vector<std::string> out;
    for (auto const& step : advice.steps) {
        out.push_back(knowledge.table.loci()[step.locus].name);
        if (step.expected_after <= chance_hits_max) break;
    }
    return out;
}

} // namespace comity::identification
