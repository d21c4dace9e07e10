#include "search/dna/kin_search.h"

#include "search/dna/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace comity::search::dna {
namespace {

constexpr double unit = 0.03; ///< Of log10 of the ratio in a score: 255 of them are 7.6.
constexpr double least_ratio = -60; ///< What stands for an exclusion.

double limited(double ratio)
{
    return ratio > 0 ? std::log10(ratio) : least_ratio;
}

/// The highest ratio of any typing of a class of ScoreLocus: an allele of the query and another,
/// or two others.
class HighestRatios {
public:
    HighestRatios(Frequencies::Population const& population, Typing const& query,
        std::vector<Allele> const& others, KinQuery const& of, KinSettings const& settings)
        : population_(population)
        , query_(query)
        , of_(of)
        , settings_(settings)
    {
        auto const a = query.alleles[0];
        auto const b = query.alleles[1];
        log10[0] = with(a, b);
        log10[1] = with(a, a);
        log10[2] = with(b, b);
        for (auto const x : others) {
            if (x == a || x == b) continue;
            log10[3] = std::max(log10[3], with(a, x));
            log10[4] = std::max(log10[4], with(b, x));
            for (auto const y : others)
                if (y != a && y != b && !(y < x)) log10[5] = std::max(log10[5], with(x, y));
        }
    }
    double log10[6] { least_ratio, least_ratio, least_ratio, least_ratio, least_ratio,
        least_ratio };

private:
    double with(Allele one, Allele other) const
    {
        Typing const typing { query_.locus, 2,
            { std::min(one, other), std::max(one, other), {}, {} } };
        return limited(kin_ratio(population_, query_, typing, of_.kinship, settings_));
    }

    Frequencies::Population const& population_;
    Typing const& query_;
    KinQuery const& of_;
    KinSettings const& settings_;
};

/// All alleles that a candidate could have and that differ in what they weigh: counted ones, the
/// neighbours of the query's by mutation, and one never seen.
std::vector<Allele> alleles_at(Frequencies::Population const& population, Typing const& query)
{
    std::vector<Allele> out;
    for (auto const& each : population.alleles[query.locus]) out.push_back(each.allele);
    for (auto const allele : query.values())
        for (int step = -30; step <= 30; step += 10)
            if (int const code = allele.code + step; code >= 20 && code < 990)
                out.push_back({ static_cast<std::uint16_t>(code) });
    out.push_back({ 987 });
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

struct Scored {
    std::vector<kernel::ScoreLocus> loci;
    double floor = 0; ///< What a sum of 0 stands for.
};

/// The score of each class, rounded up from the floor of its locus.
void put_scores(kernel::ScoreLocus& out, HighestRatios const& highest, double& floor)
{
    auto const top = std::max(0.0, *std::ranges::max_element(highest.log10));
    auto const least
        = std::max(std::min(0.0, *std::ranges::min_element(highest.log10)), top - 254 * unit);
    auto const score = [&](double log10) {
        auto const units = std::ceil((log10 - least) / unit - 1e-9);
        return static_cast<std::uint8_t>(std::clamp(units, 0.0, 255.0));
    };
    for (std::size_t i = 0; i < 6; ++i) out.score[i] = score(highest.log10[i]);
    out.score_of_gap = score(0);
    floor += least;
}

class KinRun {
public:
    KinRun(Index const& index, Frequencies::Population const& population, KinQuery const& query,
        KinOptions const& options)
        : index_(index)
        , population_(population)
        , query_(query)
        , options_(options)
    {
        auto const counted = counted_loci(population);
        for (auto const& typing : query.genotype)
            if ((counted & bit_of(typing.locus)) != 0 && plain(typing)) {
                used_ |= bit_of(typing.locus);
                highest_.emplace_back(&typing,
                    HighestRatios { population, typing, alleles_at(population, typing), query,
                        options.settings });
            }
        for (auto const& segment : *segments_)
            for (std::size_t first = 0; first < segment->blocks(); first += 32)
                slices_.emplace_back(segment.get(), first);
    }

    Result<KinResult> all()
    {
        each(options_.crew, slices_.size(), [this](std::size_t i) {
            if (!too_many_) take(*slices_[i].first, slices_[i].second);
        });
        if (too_many_)
            return Error { Error::Kind::too_large,
                fmt::format("more than the limit of {} hits: the ratio asked for is too low",
                    options_.hits_max) };
        std::ranges::sort(out_.hits, [](KinHit const& one, KinHit const& other) {
            return std::pair { -one.log10_ratio, one.number }
            < std::pair { -other.log10_ratio, other.number };
        });
        return std::move(out_);
    }

private:
    Scored scored(Layout const& layout) const
    {
        Scored out;
        for (auto const& [typing, highest] : highest_) {
            auto const locus = typing->locus;
            if ((layout.loci & bit_of(locus)) == 0) continue;
            auto const& dictionary = index_.dictionary();
            auto const others = dictionary.alleles[locus].size();
            auto const column = [&](std::size_t place) {
                return static_cast<std::uint16_t>(layout.first[locus] + place);
            };
            auto const low = dictionary.place(locus, typing->alleles[0]);
            auto const high = dictionary.place(locus, typing->alleles[1]);
            // Several alleles share a bitmap: it cannot say which. What any of them weighs counts.
            bool const shared = low == others || high == others;
            kernel::ScoreLocus each { column(low), column(high), column(others + 1),
                column(others + 2), low == high, {}, 0 };
            auto weights = highest;
            if (shared) std::ranges::fill(weights.log10, *std::ranges::max_element(highest.log10));
            put_scores(each, weights, out.floor);
            out.loci.push_back(each);
        }
        return out;
    }

    void take(Segment const& segment, std::size_t first)
    {
        auto const of = scored(segment.layout());
        auto const least = std::ceil((query_.log10_ratio_min - of.floor) / unit - 1e-6);
        if (least >= 8192 || of.loci.empty()) return;
        kernel::ScorePlan const plan { of.loci.data(), of.loci.size(), segment.layout().gaps,
            static_cast<std::uint32_t>(std::max(0.0, least)) };
        kernel::ScanResult found;
        options_.kernels.score(
            segment.columns(), plan, first, std::min(first + 32, segment.blocks()), found);
        std::vector<KinHit> hits;
        std::uint64_t seen = 0;
        for (auto const& survivor : found.survivors)
            for (auto bits = survivor.bits; bits != 0; bits &= bits - 1) {
                ++seen;
                judge(segment,
                    survivor.word * 64U + static_cast<std::size_t>(std::countr_zero(bits)), hits);
            }
        std::lock_guard const lock { mutex_ };
        out_.candidates += seen;
        out_.bytes += found.bytes;
        std::ranges::move(hits, std::back_inserter(out_.hits));
        if (out_.hits.size() > options_.hits_max) too_many_ = true;
    }

    void judge(Segment const& segment, std::size_t slot, std::vector<KinHit>& hits) const
    {
        auto const number = segment.number_at(slot);
        if (number == 0) return;
        auto const part = segment.read(slot, used_);
        auto const ratio = kin_log10_ratio(
            population_, query_.genotype, part, query_.kinship, options_.settings);
        if (!(ratio >= query_.log10_ratio_min)) return;
        auto const loci = static_cast<unsigned>(std::ranges::count_if(part, plain));
        auto whole = segment.read(slot, ~LocusMask { 0 });
        if (segment.number_at(slot) == number)
            hits.push_back({ number, std::move(whole), ratio, loci });
    }

    Index const& index_;
    Frequencies::Population const& population_;
    KinQuery const& query_;
    KinOptions const& options_;
    LocusMask used_ = 0;
    std::shared_ptr<Index::Segments const> segments_ = index_.snapshot();
    std::vector<std::pair<Typing const*, HighestRatios>> highest_;
    std::vector<std::pair<Segment const*, std::size_t>> slices_;
    std::atomic<bool> too_many_ = false;
    std::mutex mutex_;
    KinResult out_;
};

} // namespace

Result<KinResult> kin_search(Index const& index, Frequencies::Population const& population,
    KinQuery const& query, KinOptions const& options)
{
    return KinRun(index, population, query, options).all();
}

} // namespace comity::search::dna
