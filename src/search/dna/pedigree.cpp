#include "search/dna/kinship.h"

#include "search/dna/unknown_shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace comity::search::dna {
namespace {

/// The alleles of one locus that a family shows, and one that stands for all others.
struct Alleles {
    std::vector<Allele> seen;
    std::vector<double> share; ///< The last is that of the others.

    std::size_t count() const { return share.size(); }
};

struct State {
    std::uint8_t low, high;
};

std::vector<State> states_of(std::size_t alleles)
{
    std::vector<State> out;
    for (std::uint8_t low = 0; low < alleles; ++low)
        for (std::uint8_t high = low; high < alleles; ++high) out.push_back({ low, high });
    return out;
}

/// A table over the states of some members, the last one running fastest: numbers, or with theta
/// sums over shares that are not known.
struct Factor {
    std::vector<std::size_t> members;
    std::vector<double> cells {};
    std::vector<UnknownShares> unknown {};

    bool empty() const { return cells.empty() && unknown.empty(); }
};

class FamilyAtLocus {
public:
    FamilyAtLocus(Frequencies::Population const& population, Pedigree const& pedigree,
        LocusNumber locus, std::vector<Typing const*> typings, KinSettings const& settings)
        : pedigree_(pedigree)
        , typings_(std::move(typings))
        , settings_(settings)
        , rate_(settings.mutation_at(locus))
    {
        for (auto const* typing : typings_)
            if (typing != nullptr)
                for (auto const allele : typing->values()) alleles_.seen.push_back(allele);
        std::ranges::sort(alleles_.seen);
        alleles_.seen.erase(std::ranges::unique(alleles_.seen).begin(), alleles_.seen.end());
        double rest = 1;
        for (auto const allele : alleles_.seen) {
            alleles_.share.push_back(frequency(population, locus, allele));
            rest -= alleles_.share.back();
        }
        alleles_.share.push_back(std::max(rest, frequency_min(population, locus)));
        states_ = states_of(alleles_.count());
    }

    /// log10 of the chance of all typings.
    Result<double> likelihood()
    {
        if (settings_.theta > 0 && alleles_.count() > alleles_at_theta_max)
            return Error { Error::Kind::too_large,
                fmt::format("{} different alleles at one locus, the limit with theta is {}",
                    alleles_.count(), alleles_at_theta_max) };
        for (std::size_t i = 0; i < pedigree_.members.size(); ++i) possible_.push_back(possible(i));
        of_father_ = gametes(rate_.of_fathers);
        of_mother_ = gametes(rate_.of_mothers);
        std::vector<Factor> factors;
        for (std::size_t i = 0; i < pedigree_.members.size(); ++i)
            factors.push_back(pedigree_.members[i].father ? TRY(child(i)) : founder(i));
        for (std::size_t i = 0; i < pedigree_.members.size(); ++i)
            TRY(sum_out(factors, cheapest(factors)));
        return std::log10(mean(factors));
    }

private:
    /// What a member may be: one state where he is typed, else any.
    std::vector<State> possible(std::size_t member) const
    {
        auto const* typing = typings_[member];
        if (typing == nullptr) return states_;
        auto const place = [&](Allele allele) {
            return static_cast<std::uint8_t>(
                std::ranges::lower_bound(alleles_.seen, allele) - alleles_.seen.begin());
        };
        return { { place(typing->alleles[0]), place(typing->alleles[1]) } };
    }

    /// What no member hangs on any more: the shares of one subpopulation tie it together.
    double mean(std::vector<Factor> const& factors) const
    {
        UnknownShares product { 1 };
        for (auto const& factor : factors)
            product = factor.unknown.empty() ? product.times(factor.cells[0])
                                             : product.times(factor.unknown[0]);
        return product.mean(alleles_.share, settings_.theta);
    }

    Factor founder(std::size_t member) const
    {
        Factor out { { member } };
        for (auto const& [low, high] : possible_[member]) {
            auto const ways = low == high ? 1.0 : 2.0;
            if (settings_.theta > 0)
                out.unknown.emplace_back(ways, Drawn::one(low) + Drawn::one(high));
            else
                out.cells.push_back(ways * alleles_.share[low] * alleles_.share[high]);
        }
        return out;
    }

    double handed(std::size_t from, std::size_t to, double mutation) const
    {
        auto const others = alleles_.seen.size();
        if (from == others && to == others) return 1 - mutation * (1 - alleles_.share[others]);
        if (from == others) return mutation * alleles_.share[to];
        if (to < others) return handed_on(alleles_.seen[from], alleles_.seen[to], mutation);
        double rest = 1;
        for (auto const allele : alleles_.seen)
            rest -= handed_on(alleles_.seen[from], allele, mutation);
        return std::max(0.0, rest);
    }

    /// From each allele to each.
    std::vector<double> gametes(double mutation) const
    {
        std::vector<double> out;
        for (std::size_t from = 0; from < alleles_.count(); ++from)
            for (std::size_t to = 0; to < alleles_.count(); ++to)
                out.push_back(handed(from, to, mutation));
        return out;
    }

    double from_parent(
        std::vector<double> const& gametes, State const& parent, std::size_t to) const
    {
        auto const n = alleles_.count();
        return (gametes[parent.low * n + to] + gametes[parent.high * n + to]) / 2;
    }

    Result<Factor> child(std::size_t member) const
    {
        auto const father = *pedigree_.members[member].father;
        auto const mother = *pedigree_.members[member].mother;
        Factor out { { father, mother, member }, {} };
        out.cells.reserve(TRY(cells_of(out.members)));
        for (auto const& f : possible_[father])
            for (auto const& m : possible_[mother])
                for (auto const& [low, high] : possible_[member]) {
                    auto chance
                        = from_parent(of_father_, f, low) * from_parent(of_mother_, m, high);
                    if (low != high)
                        chance
                            += from_parent(of_father_, f, high) * from_parent(of_mother_, m, low);
                    out.cells.push_back(chance);
                }
        return out;
    }

    Result<std::size_t> cells_of(std::vector<std::size_t> const& members) const
    {
        double cells = 1;
        for (auto const each : members) cells *= static_cast<double>(possible_[each].size());
        if (cells <= static_cast<double>(table_cells_max)) return static_cast<std::size_t>(cells);
        return Error { Error::Kind::too_large,
            fmt::format("a table of {:.0f} cells, the limit is {}: too many members are not typed",
                cells, table_cells_max) };
    }

    static bool has(Factor const& factor, std::size_t member)
    {
        return std::ranges::find(factor.members, member) != factor.members.end();
    }

    /// The members that stand together with one in a table.
    std::vector<std::size_t> together(std::vector<Factor> const& factors, std::size_t member) const
    {
        std::vector<std::size_t> out;
        for (auto const& factor : factors)
            if (has(factor, member))
                for (auto const each : factor.members)
                    if (each != member && std::ranges::find(out, each) == out.end())
                        out.push_back(each);
        return out;
    }

    std::size_t cheapest(std::vector<Factor> const& factors) const
    {
        std::optional<std::pair<std::size_t, std::size_t>> best;
        for (std::size_t i = 0; i < pedigree_.members.size(); ++i) {
            if (std::ranges::none_of(factors, [&](auto const& each) { return has(each, i); }))
                continue;
            auto const beside = together(factors, i).size();
            if (!best || beside < best->first) best = { beside, i };
        }
        MUST(best.has_value());
        return best->second;
    }

    /// Place of a cell in a table that has some of the members.
    std::size_t place_in(Factor const& factor, std::vector<std::size_t> const& state) const
    {
        std::size_t out = 0;
        for (auto const each : factor.members) out = out * possible_[each].size() + state[each];
        return out;
    }

    /// One table of all that speak of a member, summed over his states.
    Result<void> sum_out(std::vector<Factor>& factors, std::size_t member)
    {
        Factor out { together(factors, member) };
        auto scope = out.members;
        scope.push_back(member);
        auto const cells = TRY(cells_of(scope));
        auto const states = possible_[member].size();
        std::vector<Factor> used;
        for (auto& factor : factors)
            if (has(factor, member)) used.push_back(std::exchange(factor, {}));
        std::erase_if(factors, [](auto const& each) { return each.empty(); });
        bool const known
            = std::ranges::all_of(used, [](auto const& each) { return each.unknown.empty(); });
        if (known)
            out.cells.resize(cells / states);
        else
            out.unknown.resize(cells / states);
        std::vector<std::size_t> state(pedigree_.members.size());
        for (std::size_t cell = 0; cell < cells; ++cell) {
            auto rest = cell;
            for (auto i = scope.size(); i-- > 0;) {
                state[scope[i]] = rest % possible_[scope[i]].size();
                rest /= possible_[scope[i]].size();
            }
            auto const chance = product_of_known(used, state);
            if (known)
                out.cells[cell / states] += chance;
            else if (chance > 0)
                TRY(add_product(out.unknown[cell / states], chance, used, state));
            if (!known && cell % states == states - 1) out.unknown[cell / states].settle();
        }
        factors.push_back(std::move(out));
        return {};
    }

    double product_of_known(
        std::vector<Factor> const& used, std::vector<std::size_t> const& state) const
    {
        double out = 1;
        for (std::size_t k = 0; k < used.size() && out > 0; ++k)
            if (used[k].unknown.empty()) out *= used[k].cells[place_in(used[k], state)];
        return out;
    }

    Result<void> add_product(UnknownShares& to, double chance, std::vector<Factor> const& used,
        std::vector<std::size_t> const& state)
    {
        UnknownShares product { chance };
        for (auto const& factor : used)
            if (!factor.unknown.empty())
                product = product.times(factor.unknown[place_in(factor, state)]);
        terms_ += product.terms();
        if (terms_ > terms_max)
            return Error { Error::Kind::too_large,
                "too many founders are not typed to sum over with theta" };
        to.add(product);
        return {};
    }

    Pedigree const& pedigree_;
    std::vector<Typing const*> typings_;
    KinSettings settings_;
    MutationRates::Rate rate_;
    std::size_t terms_ = 0;
    Alleles alleles_ {};
    std::vector<State> states_ {};
    std::vector<std::vector<State>> possible_ {}; ///< Of each member.
    std::vector<double> of_father_ {}, of_mother_ {};
};

Typing const* usable(Genotype const& genotype, LocusNumber locus)
{
    auto const* typing = find_typing(genotype, locus);
    return typing != nullptr && plain(*typing) ? typing : nullptr;
}

} // namespace

Result<void> Pedigree::check() const
{
    if (members.size() > members_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} members, the limit is {}", members.size(), members_max), "members" };
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto const& each = members[i];
        auto const place = fmt::format("members[{}]", i);
        if (each.father.has_value() != each.mother.has_value())
            return Error { Error::Kind::malformed,
                fmt::format("{} has one parent: name both or none", each.name), place };
        if (each.father && (*each.father >= i || *each.mother >= i || *each.father == *each.mother))
            return Error { Error::Kind::malformed,
                fmt::format("{} stands before a parent, or has one twice", each.name), place };
    }
    return {};
}

Result<std::optional<double>> pedigree_log10_ratio_at(Frequencies::Population const& population,
    Pedigree const& pedigree, std::size_t place, Typing const& candidate,
    KinSettings const& settings)
{
    std::optional<double> const nothing;
    auto const locus = candidate.locus;
    if (!plain(candidate) || (counted_loci(population) & bit_of(locus)) == 0) return nothing;
    std::vector<Typing const*> typings;
    for (auto const& member : pedigree.members) typings.push_back(usable(member.genotype, locus));
    typings[place] = nullptr;
    if (std::ranges::count(typings, nullptr) == std::ssize(typings)) return nothing;
    auto apart = pedigree;
    apart.members.push_back({ "somebody else", {}, {}, {} });
    auto beside = typings;
    beside.push_back(&candidate);
    auto const somebody
        = TRY(FamilyAtLocus(population, apart, locus, beside, settings).likelihood());
    typings[place] = &candidate;
    auto const member
        = TRY(FamilyAtLocus(population, pedigree, locus, typings, settings).likelihood());
    if (std::isinf(somebody)) return std::optional { 0.0 }; // nobody fits this family, he neither
    return std::optional { member - somebody };
}

Result<double> pedigree_log10_ratio(Frequencies::Population const& population,
    Pedigree const& pedigree, std::size_t place, Genotype const& candidate,
    KinSettings const& settings)
{
    TRY(pedigree.check());
    if (place >= pedigree.members.size())
        return Error { Error::Kind::malformed, "no such member of the family", "place" };
    double out = 0;
    for (auto const& typing : candidate)
        out += TRY(pedigree_log10_ratio_at(population, pedigree, place, typing, settings))
                   .value_or(0);
    return out;
}

} // namespace comity::search::dna
