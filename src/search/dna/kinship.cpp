#include "search/dna/kinship.h"

#include "search/dna/likelihood.h"

#include <algorithm>
#include <cmath>

namespace comity::search::dna {
namespace {

using Ordered = std::array<Allele, 2>;

/// The ways in which two alleles can be told apart: two of a heterozygote, one of a homozygote.
std::span<Ordered const> orders(Typing const& typing, std::array<Ordered, 2>& out)
{
    out = { Ordered { typing.alleles[0], typing.alleles[1] },
        Ordered { typing.alleles[1], typing.alleles[0] } };
    return std::span { out }.first(typing.alleles[0] == typing.alleles[1] ? 1 : 2);
}

/// The chance to draw these alleles in turn in a subpopulation.
class Drawing {
public:
    Drawing(Frequencies::Population const& population, LocusNumber locus, double theta)
        : population_(population)
        , locus_(locus)
        , theta_(theta)
    {
    }
    double operator()(std::initializer_list<Allele> alleles) const
    {
        double out = 1;
        double drawn = 0;
        for (auto const* each = alleles.begin(); each != alleles.end(); ++each, ++drawn) {
            auto const same = static_cast<double>(std::count(alleles.begin(), each, *each));
            auto const share = frequency(population_, locus_, *each);
            out *= drawn == 0 ? share : next_allele(share, same, drawn, theta_);
        }
        return out;
    }

private:
    Frequencies::Population const& population_;
    LocusNumber locus_;
    double theta_;
};

/// The joint chance of two typings that have no, one, two alleles of one origin.
struct Shared {
    double none, one, two;
};

Shared shared(Drawing const& draw, Typing const& one, Typing const& other, double mutation)
{
    std::array<Ordered, 2> first, second;
    Shared out { 0, 0, 0 };
    for (auto const& a : orders(one, first))
        for (auto const& b : orders(other, second)) {
            out.none += draw({ a[0], a[1], b[0], b[1] });
            auto const handed = handed_on(a[0], b[0], mutation);
            if (handed == 0) continue;
            out.one += handed * draw({ a[0], a[1], b[1] });
            out.two += handed * handed_on(a[1], b[1], mutation) * draw({ a[0], a[1] });
        }
    return out;
}

} // namespace

MutationRates::Rate KinSettings::mutation_at(LocusNumber locus) const
{
    auto const counted = rates != nullptr ? rates->at(locus) : std::nullopt;
    return counted.value_or(MutationRates::Rate { mutation, mutation_of_mothers });
}

bool plain(Typing const& typing)
{
    return typing.count == 2 && typing.alleles[0].numeric() && typing.alleles[1].numeric();
}

double handed_on(Allele from, Allele to, double mutation)
{
    if (from == to) return 1 - mutation;
    auto const apart = from.code > to.code ? from.code - to.code : to.code - from.code;
    if (apart % 10 != 0) return 0; // not by whole repeats
    return mutation / 2 * 0.9 * std::pow(10.0, 1 - apart / 10);
}

double kin_ratio(Frequencies::Population const& population, Typing const& one, Typing const& other,
    Kinship kinship, KinSettings const& settings)
{
    MUST(plain(one) && plain(other) && one.locus == other.locus);
    Drawing const draw { population, one.locus, settings.theta };
    // An allele that siblings share went through a meiosis to each of them.
    auto const meioses = kinship == Kinship::parent_child ? 1 : 2;
    auto const found
        = shared(draw, one, other, settings.mutation_at(one.locus).of_fathers * meioses);
    switch (kinship) {
    case Kinship::parent_child: return found.one / found.none;
    case Kinship::full_siblings:
        return (found.none / 4 + found.one / 2 + found.two / 4) / found.none;
    case Kinship::half_siblings: return (found.none / 2 + found.one / 2) / found.none;
    }
    MUST(false);
    return 0;
}

double kin_log10_ratio(Frequencies::Population const& population, Genotype const& one,
    Genotype const& other, Kinship kinship, KinSettings const& settings)
{
    auto const counted = counted_loci(population);
    double out = 0;
    for (auto const& typing : one) {
        auto const* second = find_typing(other, typing.locus);
        if (second == nullptr || (counted & bit_of(typing.locus)) == 0) continue;
        if (!plain(typing) || !plain(*second)) continue;
        out += std::log10(kin_ratio(population, typing, *second, kinship, settings));
    }
    return out;
}

} // namespace comity::search::dna
