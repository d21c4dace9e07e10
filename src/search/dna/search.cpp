#include "search/dna/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace comity::search::dna {
namespace {

/// The plans of some queries, for each layout that an index has.
class Plans {
public:
    Plans(Index const& index, Index::Segments const& segments, std::span<Genotype const> queries,
        RuleSet const& rules, LocusMask loci)
    {
        std::vector<WeighedQuery> weighed;
        weighed.reserve(queries.size());
        for (auto const& query : queries) weighed.push_back(weigh(index, query, rules, loci));
        for (auto const& segment : segments) {
            auto const& layout = segment->layout();
            if (find(layout) != nullptr) continue;
            auto& plans
                = layouts_.emplace_back(key(layout), std::vector<kernel::ScanPlan> {}).second;
            for (std::size_t i = 0; i < weighed.size(); ++i)
                if (auto plan = make_plan(weighed[i], layout)) {
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

/// What is to be read, cut into shares of so many blocks that threads take in turn.
class Work {
public:
    Work(Index::Segments const& segments, Plans const& plans, SearchOptions const& options,
        std::size_t blocks_max)
    {
        std::uint64_t bytes = 0;
        std::size_t blocks = 0;
        for (auto const& segment : segments) {
            auto const* found = plans.find(segment->layout());
            if (found == nullptr || found->empty()) continue;
            parts_.emplace_back(segment.get(), found);
            bytes += segment->blocks() * block_bytes(*segment, *found);
            blocks += segment->blocks();
        }
        crew_ = bytes < options.alone_bytes ? nullptr : options.crew;
        auto const at_once
            = crew_ == nullptr ? blocks_max : std::clamp(blocks / 8, std::size_t { 1 }, blocks_max);
        for (auto const& [segment, found] : parts_) cut(*segment, *found, at_once);
    }

    struct Share {
        std::size_t first, count; ///< Of pieces.
    };
    std::vector<Share> const& shares() const { return shares_; }
    kernel::Piece const* pieces(Share const& share) const { return pieces_.data() + share.first; }
    Segment const& segment(Share const& share, std::size_t piece) const
    {
        return *segments_[share.first + piece];
    }
    Crew* crew() const { return crew_; } ///< Nobody where there is too little to help with.

private:
    using PlanList = std::vector<kernel::ScanPlan>;

    /// Of what is read whether or not anybody is left.
    static std::uint64_t block_bytes(Segment const& segment, PlanList const& plans)
    {
        std::uint64_t columns = 0;
        for (auto const& plan : plans) columns += plan.first * (segment.layout().gaps ? 4U : 2U);
        return columns * kernel::block_words * sizeof(std::uint64_t);
    }

    void cut(Segment const& segment, PlanList const& plans, std::size_t at_once)
    {
        auto const blocks = segment.blocks();
        for (std::size_t first = 0; first < blocks;) {
            if (room_ == 0) {
                shares_.push_back({ pieces_.size(), 0 });
                room_ = at_once;
            }
            auto const taken = std::min(room_, blocks - first);
            pieces_.push_back({ segment.columns(), plans.data(), plans.size(),
                segment.layout().gaps, first, first + taken });
            segments_.push_back(&segment);
            ++shares_.back().count;
            room_ -= taken;
            first += taken;
        }
    }

    std::vector<std::pair<Segment const*, PlanList const*>> parts_;
    std::vector<kernel::Piece> pieces_;
    std::vector<Segment const*> segments_; ///< Of each piece.
    std::vector<Share> shares_;
    std::size_t room_ = 0; ///< Blocks that the last share may still take.
    Crew* crew_ = nullptr;
};

/// One query reads on and on, so that memory never waits; of many, a share's blocks and hits must
/// not be too many at a time.
constexpr std::size_t blocks_of_one_query = 256, blocks_of_many = 32;

/// One run over everything: threads take shares in turn; what survives is compared where it lies.
struct Run {
    Index const& index;
    std::span<Genotype const> queries;
    RuleSet const& rules;
    LocusMask loci;
    SearchOptions options;
    std::size_t hits_max;
    std::shared_ptr<Index::Segments const> segments = index.snapshot();
    Plans plans { index, *segments, queries, rules, loci };
    Work work { *segments, plans, options,
        queries.size() > 1 ? blocks_of_many : blocks_of_one_query };
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

    void take(Work::Share const& share)
    {
        kernel::ScanResult found;
        options.kernels.scan(
            { work.pieces(share), share.count, rules.differing_alleles_max }, found);
        std::vector<ConnectionHit> judged;
        std::uint64_t seen = 0;
        for (auto const& survivor : found.survivors) {
            auto const& segment = work.segment(share, survivor.piece);
            for (auto bits = survivor.bits; bits != 0; bits &= bits - 1) {
                auto const bit = static_cast<std::size_t>(std::countr_zero(bits));
                ++seen;
                if (auto hit = judge(segment, survivor.word * 64U + bit, survivor.query))
                    judged.push_back(std::move(*hit));
            }
            if (judged.size() > hits_max) break;
        }
        std::lock_guard const lock { mutex };
        candidates += seen;
        bytes += found.bytes;
        std::ranges::move(judged, std::back_inserter(hits));
        if (hits.size() > hits_max) too_many = true;
    }

    Result<void> all()
    {
        each(work.crew(), work.shares().size(), [this](std::size_t i) {
            if (!too_many) take(work.shares()[i]);
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
