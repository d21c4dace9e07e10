#pragma once

#include "search/dna/locus.h"

#include <boost/describe/enum.hpp>

#include <span>

namespace comity::search::dna {

/// One value at a locus: repeats and the odd bases after them ("14.3"), or what stands in for it.
struct Allele {
    std::uint16_t code = 0; ///< Tenths of a repeat, or one of the constants below.

    constexpr auto operator<=>(Allele const&) const = default;
    /// A number of repeats, as against X, Y, a rare value and the wildcard.
    constexpr bool numeric() const { return code >= 20 && code < 990; }
    /// Place in bases, so that values one base apart differ by one.
    constexpr unsigned bases(unsigned repeat_bases) const
    {
        return code / 10U * repeat_bases + code % 10U;
    }
};
constexpr Allele no_allele {};
constexpr Allele sex_x { 1001 };
constexpr Allele sex_y { 1002 };
constexpr Allele rare { 0xfffe }; ///< Seen, but outside the ladder.
constexpr Allele wildcard { 0xffff }; ///< Any value.

/// "14", "14.3", "X"; '*' and the words that the Pruem annex exports as a wildcard; "R", "OL", "<9"
/// and ">30" are rare. Errors: malformed where no allele of that locus can read so.
Result<Allele> parse_allele(std::string_view text, Locus const& locus);
std::string to_text(Allele allele);

constexpr std::size_t alleles_max = 4;

/// What was found at one locus: in ascending order, a homozygote's value twice, a wildcard last.
struct Typing {
    LocusNumber locus = 0;
    std::uint8_t count = 0;
    std::array<Allele, alleles_max> alleles {};

    std::span<Allele const> values() const { return { alleles.data(), count }; }
    bool operator==(Typing const&) const = default;
};
/// Error: malformed where there are not 2 to `alleles_max` of them.
Result<Typing> make_typing(LocusNumber locus, std::vector<Allele> alleles);

/// The loci of one profile, ascending, each once.
using Genotype = std::vector<Typing>;
LocusMask loci_of(Genotype const& genotype);
Typing const* find_typing(Genotype const& genotype, LocusNumber locus);
/// Error: malformed where a locus stands there twice.
Result<Genotype> make_genotype(std::vector<Typing> typings, LocusTable const& table);

enum class Category : std::uint8_t {
    unknown_stain,
    known_person,
    missing_person,
    unidentified_body,
    relative ///< Of a missing person, with consent: an index of its own, never beside stains.
};
BOOST_DESCRIBE_ENUM(
    Category, unknown_stain, known_person, missing_person, unidentified_body, relative)

/// A profile as it is kept. The reference number leads to a person only in its own State.
struct Profile {
    std::string reference;
    Category category = Category::unknown_stain;
    std::string kit {};
    std::string laboratory {};
    bool iso_17025 = false;
    bool consent = false; ///< Of a relative.
    Genotype genotype {};
};

constexpr std::size_t reference_chars_max = 40;
/// Letters, digits and -/._ with at least one digit: no room for a name. Error: malformed.
Result<void> check_reference(std::string_view reference);

/// More than one person's alleles: three at two loci, or four at one. One locus with three alleles
/// is a pattern that single persons have.
bool mixed(Genotype const& genotype);

} // namespace comity::search::dna
