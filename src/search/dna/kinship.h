#pragma once

#include "search/dna/frequency.h"
#include "search/dna/mutation.h"

#include <functional>

/// Relatives: likelihood ratios of pairs and of pedigrees (Weir, Anderson and Hepler 2006; Elston
/// and Stewart 1971). A locus counts where both have two known alleles; wildcards, rare values and
/// three alleles say nothing.
namespace comity::search::dna {

enum class Kinship : std::uint8_t {
    parent_child,
    full_siblings,
    half_siblings ///< Also grandparent and grandchild, uncle and nephew.
};
BOOST_DESCRIBE_ENUM(Kinship, parent_child, full_siblings, half_siblings)

struct KinSettings {
    double theta = 0.01;
    /// Share of meioses in which an allele changes; a tenth of them by each further repeat
    /// (stepwise). Of fathers; of mothers in pedigrees.
    double mutation = 0.002;
    double mutation_of_mothers = 0.0005;
    /// Where it counted a locus its rates go before the two above. Outlives the settings.
    MutationRates const* rates = nullptr;

    MutationRates::Rate mutation_at(LocusNumber locus) const;
};

/// The chance that an allele is handed on as another one.
double handed_on(Allele from, Allele to, double mutation);

/// One locus: kin against unrelated. Both typings have two numeric alleles.
double kin_ratio(Frequencies::Population const& population, Typing const& one, Typing const& other,
    Kinship kinship, KinSettings const& settings);
/// All loci that both have and the population was counted at.
double kin_log10_ratio(Frequencies::Population const& population, Genotype const& one,
    Genotype const& other, Kinship kinship, KinSettings const& settings);
/// Whether a typing can be used here.
bool plain(Typing const& typing);

constexpr std::size_t members_max = 16;
constexpr std::size_t table_cells_max = 4'000'000;
constexpr std::size_t alleles_at_theta_max = 24; ///< Different ones at one locus.
constexpr std::size_t terms_max = 50'000'000; ///< Of one locus at theta.

/// A family: everybody has both parents in it, or none.
struct Pedigree {
    struct Member {
        std::string name;
        std::optional<std::size_t> father, mother; ///< Places in `members`, before this one.
        Genotype genotype {};
    };
    std::vector<Member> members;

    /// Errors: malformed: more than `members_max`, one parent only, a parent after the child.
    Result<void> check() const;
};

/// How much likelier the typings of a family are where `candidate` is its member at `place` than
/// where he is somebody else of the same subpopulation: every allele combination of those not typed
/// summed locus by locus, one member after the other. With theta the shares of alleles in that
/// subpopulation are unknown: each table holds sums of products of them, and their mean is that of
/// Balding and Nichols. Error: too_large where the tables of a locus grow over `table_cells_max`
/// cells, or the sums over `terms_max`.
Result<double> pedigree_log10_ratio(Frequencies::Population const& population,
    Pedigree const& pedigree, std::size_t place, Genotype const& candidate,
    KinSettings const& settings);
/// One locus; nothing where no other member is typed there, or nobody counted it. An exclusion is
/// minus infinity.
Result<std::optional<double>> pedigree_log10_ratio_at(Frequencies::Population const& population,
    Pedigree const& pedigree, std::size_t place, Typing const& candidate,
    KinSettings const& settings);

} // namespace comity::search::dna
