#include "search/dna/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace comity::search::dna {
namespace {

constexpr std::size_t slice_blocks = 32; ///< What a thread takes at a time.

struct Slice {
    Segment const* segment;
    std::size_t first, last; ///< Blocks.
};

std::vector<Slice> slices_of(Index::Segments const& segments)
{
    std::vector<Slice> out;
    for (auto const& segment : segments)
        for (std::size_t first = 0; first < segment->blocks(); first += slice_blocks)
            out.push_back(
                { segment.get(), first, std::min(first + slice_blocks, segment->blocks()) });
    return out;
}

/// The plans of some queries, for each layout that an index has.
class Plans {
public:
    Plans(Index const& index, Index::Segments const& segments, std::span<Genotype const> queries,
        RuleSet const& rules, LocusMask loci)
    {
        for (auto const& segment : segments) {
            auto const& layout = segment->layout();
            if (find(layout) != nullptr) continue;
            auto& plans
                = layouts_.emplace_back(key(layout), std::vector<kernel::ScanPlan> {}).second;
            for (std::size_t i = 0; i < queries.size(); ++i)
                if (auto plan = make_plan(index, layout, queries[i], rules, loci)) {
                    plan->query = static_cast<std::uint32_t>(i);
                    plans.push_back(*plan);
                }
        }
    }

    std::vector<kernel::ScanPlan> const* find(Layout const& layout) const
    {
        for (auto const& [each, plans] : layouts_)
            if (each == key(layout)) return &plans;
        return nullptr;
    }

private:
    using LayoutKey = std::pair<LocusMask, bool>;
    static LayoutKey key(Layout const& layout) { return { layout.loci, layout.gaps }; }
    std::vector<std::pair<LayoutKey, std::vector<kernel::ScanPlan>>> layouts_;
};

/// One run over all slices: threads take them in turn; what survives is compared where it lies.
struct Run {
    Index const& index;
    std::span<Genotype const> queries;
    RuleSet const& rules;
    LocusMask loci;
    SearchOptions options;
    std::size_t hits_max;
    std::shared_ptr<Index::Segments const> segments = index.snapshot();
    Plans plans { index, *segments, queries, rules, loci };
    std::vector<Slice> slices = slices_of(*segments);
    std::mutex mutex {};
    std::vector<ConnectionHit> hits {};
    std::uint64_t candidates = 0, bytes = 0;
    std::atomic<bool> too_many = false;

    std::optional<ConnectionHit> judge(
        Segment const& segment, std::size_t slot, std::uint32_t query) const
    {
        auto const number = segment.number_at(slot);
        if (number == 0) return std::nullopt;
        auto const& genotype = queries[query];
        auto const part = segment.read(slot, loci & loci_of(genotype));
        if (part.size() < rules.matching_loci_min) return std::nullopt;
        if (!compare(genotype, part, rules, index.table(), loci).hit) return std::nullopt;
        auto whole = segment.read(slot, ~LocusMask { 0 });
        auto comparison = compare(genotype, whole, rules, index.table(), loci);
        // Destroyed while it was read: it is gone.
        if (segment.number_at(slot) != number || !comparison.hit) return std::nullopt;
        return ConnectionHit { query, { number, std::move(whole), std::move(comparison) } };
    }

    void take_slice(Slice const& slice)
    {
        auto const* of_layout = plans.find(slice.segment->layout());
        if (of_layout == nullptr || of_layout->empty()) return;
        kernel::ScanResult found;
        kernel::Plans const plans_here { of_layout->data(), of_layout->size(),
            rules.differing_alleles_max, slice.segment->layout().gaps };
        options.kernels.scan(slice.segment->columns(), plans_here, slice.first, slice.last, found);
        std::vector<ConnectionHit> judged;
        std::uint64_t seen = 0;
        for (auto const& survivor : found.survivors)
            for (auto bits = survivor.bits; bits != 0; bits &= bits - 1) {
                auto const bit = static_cast<std::size_t>(std::countr_zero(bits));
                ++seen;
                if (auto hit = judge(*slice.segment, survivor.word * 64U + bit, survivor.query))
                    judged.push_back(std::move(*hit));
            }
        std::lock_guard const lock { mutex };
        candidates += seen;
        bytes += found.bytes;
        std::ranges::move(judged, std::back_inserter(hits));
        if (hits.size() > hits_max) too_many = true;
    }

    Result<void> all()
    {
        each(options.crew, slices.size(), [this](std::size_t i) {
            if (!too_many) take_slice(slices[i]);
        });
        if (!too_many) return {};
        return Error { Error::Kind::too_large,
            fmt::format("more than the limit of {} hits: the query says too little", hits_max) };
    }
};

void sort(std::vector<ConnectionHit>& hits)
{
    std::ranges::sort(hits, {}, [](ConnectionHit const& each) {
        auto const& found = each.hit.comparison;
        return std::tuple { each.query, found.quality, -static_cast<int>(found.matching),
            each.hit.number };
    });
}

} // namespace

Result<SearchResult> search(
    Index const& index, Genotype const& query, RuleSet const& rules, SearchOptions const& options)
{
    Run run { index, { &query, 1 }, rules, compared_loci(rules, index.table()), options,
        options.hits_max };
    TRY(run.all());
    sort(run.hits);
    SearchResult out { {}, run.candidates, run.bytes };
    for (auto& each : run.hits) out.hits.push_back(std::move(each.hit));
    return out;
}

Result<ConnectionResult> compare_all(Index const& index, std::span<Genotype const> queries,
    RuleSet const& rules, ConnectionOptions const& options)
{
    ConnectionResult out;
    auto const loci = compared_loci(rules, index.table());
    out.queries_done = std::min(options.first_query, queries.size());
    while (out.queries_done < queries.size() && !options.stop.stop_requested()) {
        auto const first = out.queries_done;
        auto const some = queries.subspan(first, std::min(queries_at_once, queries.size() - first));
        Run run { index, some, rules, loci, options.search, options.hits_max - out.hits.size() };
        TRY(run.all());
        sort(run.hits);
        for (auto& each : run.hits) out.hits.push_back({ first + each.query, std::move(each.hit) });
        out.candidates += run.candidates;
        out.queries_done += some.size();
        if (options.progress)
            options.progress({ out.queries_done, queries.size(), out.hits.size() });
    }
    out.complete = out.queries_done == queries.size();
    return out;
}

} // namespace comity::search::dna
