#include "identification/profile.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using dna::Category;
using message::ProfileKind;

constexpr std::pair<ProfileKind, Category> kinds[] = {
    { ProfileKind::person, Category::known_person },
    { ProfileKind::stain, Category::unknown_stain },
    { ProfileKind::unidentified_body, Category::unidentified_body },
    { ProfileKind::missing_person, Category::missing_person },
    { ProfileKind::relative, Category::relative },
};

Category category_of(ProfileKind kind)
{
    return std::ranges::find(kinds, kind, &std::pair<ProfileKind, Category>::first)->second;
}

ProfileKind kind_of(Category category)
{
    return std::ranges::find(kinds, category, &std::pair<ProfileKind, Category>::second)->first;
}

Result<dna::Allele> allele(std::string_view text, dna::Locus const& locus, std::string const& path)
{
    auto read = dna::parse_allele(text, locus);
    if (!read.ok()) return Error { Error::Kind::malformed, read.error().what, path };
    return read;
}

Result<dna::Typing> typing_of(
    message::Locus const& sent, dna::LocusTable const& table, std::string const& path)
{
    auto const number = table.find(sent.name);
    if (!number)
        return Error { Error::Kind::malformed, fmt::format("'{}' is no locus we know", sent.name),
            path + ".name" };
    auto const& locus = table.loci()[*number];
    auto const first = TRY(allele(sent.allele_1, locus, path + ".allele1"));
    auto const second
        = sent.allele_2 ? TRY(allele(*sent.allele_2, locus, path + ".allele2")) : first;
    return dna::make_typing(*number, { first, second });
}

} // namespace

Result<dna::Profile> profile_of(message::Profile const& sent, dna::LocusTable const& table)
{
    auto const reference = dna::check_reference(sent.profile_number);
    if (!reference.ok())
        return Error { Error::Kind::malformed, reference.error().what, "profileNumber" };
    std::vector<dna::Typing> typings;
    for (std::size_t i = 0; i < sent.loci.size(); ++i)
        typings.push_back(TRY(typing_of(sent.loci[i], table, fmt::format("loci[{}]", i))));
    auto genotype = dna::make_genotype(std::move(typings), table);
    if (!genotype.ok()) return Error { Error::Kind::malformed, genotype.error().what, "loci" };
    return dna::Profile { .reference = sent.profile_number,
        .category = category_of(sent.kind),
        .kit = sent.kit.value_or(""),
        .laboratory = sent.laboratory.value_or(""),
        .iso_17025 = sent.iso_17025.value_or(false),
        .consent = sent.consent.has_value(),
        .genotype = genotype.take() };
}

message::Profile message_of(dna::Profile const& profile, dna::LocusTable const& table)
{
    message::Profile out { profile.reference, kind_of(profile.category) };
    for (auto const& typing : profile.genotype)
        out.loci.push_back({ table.loci()[typing.locus].name, dna::to_text(typing.alleles[0]),
            dna::to_text(typing.alleles[1]) });
    if (!profile.kit.empty()) out.kit = profile.kit;
    if (!profile.laboratory.empty()) out.laboratory = profile.laboratory;
    if (profile.iso_17025) out.iso_17025 = true;
    return out;
}

} // namespace comity::identification
