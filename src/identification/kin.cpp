#include "identification/kin.h"

#include "identification/result.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using message::ProfileKind;

constexpr std::string_view ground = "missing-person";

Result<void> check_consent(
    message::Profile const& profile, std::optional<Date> erase_by, std::string const& path)
{
    if (!profile.consent)
        return Error { Error::Kind::malformed, "the relative's consent is not recorded (A20(1)-1)",
            path + ".consent" };
    if (!erase_by || profile.consent->valid_until < *erase_by)
        return Error { Error::Kind::malformed,
            fmt::format("the relative's consent ends on {}: it is erased by then",
                to_text(profile.consent->valid_until)),
            "eraseBy" };
    return {};
}

} // namespace

Result<void> check_family(
    message::DnaRequest const& request, dna::LocusTable const& table, std::optional<Date> erase_by)
{
    for (std::size_t i = 0; i < request.profiles.size(); ++i) {
        auto const path = fmt::format("profiles[{}]", i);
        if (request.profiles[i].kind != ProfileKind::relative) continue;
        if (request.ground != ground)
            return Error { Error::Kind::malformed,
                "a relative gave consent to find a missing person, nothing else (A20(1)-1)",
                "ground" };
        TRY(check_consent(request.profiles[i], erase_by, path));
    }
    if (!request.family) return {};
    TRY(question_of(request, table));
    return {};
}

Result<dna::FamilyQuestion> question_of(
    message::DnaRequest const& request, dna::LocusTable const& table)
{
    MUST(request.family.has_value());
    std::vector<dna::Profile> profiles;
    for (auto const& each : request.profiles) profiles.push_back(TRY(profile_of(each, table)));
    return question_of(*request.family, profiles);
}

message::KinCandidate candidate_of(
    FoundKin const& found, dna::LocusTable const& table, std::string id)
{
    message::KinCandidate out { std::move(id), found.reference,
        found.category == dna::Category::unidentified_body ? ProfileKind::unidentified_body
                                                           : ProfileKind::missing_person,
        found.hit.loci };
    for (auto const& [population, ratio] : found.hit.log10_ratios)
        out.weights.push_back({ population, fmt::format("{:.2f}", ratio) });
    static_assert(static_cast<int>(message::Inheritance::only_with_mutation)
        == static_cast<int>(dna::Inheritance::only_with_mutation)); // the same words in order
    for (auto const& [locus, inheritance] : found.hit.inheritance)
        out.kin_loci.push_back(
            { table.loci()[locus].name, static_cast<message::Inheritance>(inheritance) });
    return out;
}

message::KinEvidence evidence_of(SearchedKin const& searched, double theta)
{
    return { fmt::format("{:.3g}", theta), fmt::format("{:.3g}", kin_log10_ratio_min),
        static_cast<std::int64_t>(searched.profiles), figure(searched.power.found),
        figure(searched.power.false_hits) };
}

} // namespace comity::identification
