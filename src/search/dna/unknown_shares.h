#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// Chances that hang on the shares of alleles in one subpopulation, which nobody knows: sums of
/// products of those shares. Their mean over all subpopulations is that of Balding and Nichols.
namespace comity::search::dna {

/// How often each allele was drawn: five bits each.
struct Drawn {
    std::uint64_t first = 0, second = 0; ///< Twelve alleles in each.

    static Drawn one(std::size_t allele);
    unsigned of(std::size_t allele) const;
    Drawn operator+(Drawn const& other) const
    {
        return { first + other.first, second + other.second };
    }
    auto operator<=>(Drawn const&) const = default;
};

class UnknownShares {
public:
    UnknownShares() = default; ///< Nothing: 0.
    explicit UnknownShares(double chance, Drawn drawn = {});

    /// Terms wait unsorted until settle().
    void add(UnknownShares const& other);
    void settle();
    UnknownShares times(double factor) const;
    UnknownShares times(UnknownShares const& other) const;
    std::size_t terms() const { return terms_.size(); }
    /// `shares` in the whole population.
    double mean(std::span<double const> shares, double theta) const;

private:
    std::vector<std::pair<Drawn, double>> terms_;
};

} // namespace comity::search::dna
