#include "search/dna/unknown_shares.h"

#include "search/dna/likelihood.h"

#include <algorithm>

namespace comity::search::dna {
namespace {

constexpr std::size_t alleles_a_word = 12;
constexpr unsigned bits = 5;
constexpr std::uint64_t most = (1U << bits) - 1;

} // namespace

Drawn Drawn::one(std::size_t allele)
{
    auto const place = allele % alleles_a_word * bits;
    auto const bit = std::uint64_t { 1 } << place;
    return allele < alleles_a_word ? Drawn { bit, 0 } : Drawn { 0, bit };
}

unsigned Drawn::of(std::size_t allele) const
{
    auto const word = allele < alleles_a_word ? first : second;
    return static_cast<unsigned>(word >> (allele % alleles_a_word * bits) & most);
}

UnknownShares::UnknownShares(double chance, Drawn drawn)
{
    if (chance > 0) terms_.emplace_back(drawn, chance);
}

void UnknownShares::add(UnknownShares const& other)
{
    terms_.insert(terms_.end(), other.terms_.begin(), other.terms_.end());
}

void UnknownShares::settle()
{
    std::ranges::sort(terms_, {}, &std::pair<Drawn, double>::first);
    std::size_t kept = 0;
    for (auto const& term : terms_)
        if (kept > 0 && terms_[kept - 1].first == term.first)
            terms_[kept - 1].second += term.second;
        else
            terms_[kept++] = term;
    terms_.resize(kept);
}

UnknownShares UnknownShares::times(double factor) const
{
    UnknownShares out;
    if (factor == 0) return out;
    out.terms_ = terms_;
    for (auto& term : out.terms_) term.second *= factor;
    return out;
}

UnknownShares UnknownShares::times(UnknownShares const& other) const
{
    UnknownShares out;
    out.terms_.reserve(terms_.size() * other.terms_.size());
    for (auto const& [one, chance] : terms_)
        for (auto const& [two, beside] : other.terms_)
            out.terms_.emplace_back(one + two, chance * beside);
    if (terms_.size() > 1 && other.terms_.size() > 1) out.settle();
    return out;
}

double UnknownShares::mean(std::span<double const> shares, double theta) const
{
    double out = 0;
    for (auto const& [drawn, chance] : terms_) {
        double product = chance;
        double before = 0;
        for (std::size_t allele = 0; allele < shares.size(); ++allele)
            for (unsigned same = 0; same < drawn.of(allele); ++same, ++before)
                product *= before == 0 ? shares[allele]
                                       : next_allele(shares[allele], same, before, theta);
        out += product;
    }
    return out;
}

} // namespace comity::search::dna
