#include "search/kernel/bits.h"

namespace comity::search::kernel {
namespace {

/// Alleles that differ so far, for 64 profiles: at least one, two, three.
struct Counter {
    std::uint64_t one = 0, two = 0, three = 0;

    void add(std::uint64_t differs, std::uint64_t differs_twice)
    {
        three |= (differs_twice & one) | (differs & two);
        two |= differs_twice | (differs & one);
        one |= differs;
    }
    std::uint64_t over(unsigned most) const { return most == 0 ? one : most == 1 ? two : three; }
};

void add_locus(
    Counter& counter, Columns const& columns, ScanLocus const& locus, bool gaps, std::size_t word)
{
    auto const a = columns.at(locus.a)[word];
    auto const b = columns.at(locus.b)[word];
    auto const wild = gaps ? columns.at(locus.gaps)[word] : 0;
    auto const missing = gaps ? columns.at(locus.gaps + 1U)[word] : 0;
    auto const any = wild | missing;
    switch (locus.kind) {
    case ScanLocus::Kind::two:
        counter.add(~((a & b) | (wild & (a | b)) | missing), ~(a | b | any));
        break;
    case ScanLocus::Kind::same: counter.add(~((a & (b | wild)) | missing), ~(a | any)); break;
    case ScanLocus::Kind::one: counter.add(~(a | any), 0); break;
    }
}

/// 0 to 5 as in ScoreLocus, 6 for a gap.
unsigned class_of(
    Columns const& columns, ScoreLocus const& locus, bool gaps, std::size_t word, unsigned bit)
{
    auto const set
        = [&](std::size_t column) { return (columns.at(column)[word] >> bit & 1U) != 0; };
    if (gaps && (set(locus.gaps) || set(locus.gaps + 1U))) return 6;
    bool const a = set(locus.a);
    bool const b = !locus.same && set(locus.b);
    bool const twice = set(locus.homozygous);
    if (a && b) return 0;
    if (a) return twice ? 1 : 3;
    if (b) return twice ? 2 : 4;
    return 5;
}

std::uint32_t score_of(
    Columns const& columns, ScorePlan const& plan, std::size_t word, unsigned bit)
{
    std::uint32_t sum = 0;
    for (std::size_t l = 0; l < plan.count; ++l) {
        auto const& locus = plan.loci[l];
        auto const found = class_of(columns, locus, plan.gaps, word, bit);
        sum += found == 6 ? locus.score_of_gap : locus.score[found];
    }
    return sum;
}

} // namespace

void keep(ScanResult& result, Survivor const& survivor)
{
    result.survivors.push_back(survivor);
}

void scan_scalar(Pieces const& pieces, ScanResult& out)
{
    for (std::size_t p = 0; p < pieces.count; ++p) {
        auto const& piece = pieces.first[p];
        for (auto word = piece.block_first * block_words; word < piece.block_last * block_words;
            ++word)
            for (std::size_t i = 0; i < piece.plans_count; ++i) {
                auto const& plan = piece.plans[i];
                Counter counter;
                std::size_t locus = 0;
                while (locus < plan.loci_count && ~counter.over(pieces.differing_max) != 0)
                    add_locus(counter, piece.columns, plan.loci[locus++], piece.gaps, word);
                out.bytes += locus * 8 * (piece.gaps ? 4 : 2);
                if (auto const left = ~counter.over(pieces.differing_max); left != 0)
                    keep(out,
                        { plan.query, static_cast<std::uint32_t>(p),
                            static_cast<std::uint32_t>(word), left });
            }
    }
}

void score_scalar(Columns const& columns, ScorePlan const& plan, std::size_t block_first,
    std::size_t block_last, ScanResult& out)
{
    for (auto word = block_first * block_words; word < block_last * block_words; ++word) {
        std::uint64_t left = 0;
        for (unsigned bit = 0; bit < 64; ++bit)
            if (score_of(columns, plan, word, bit) >= plan.least)
                left |= std::uint64_t { 1 } << bit;
        if (left != 0) keep(out, { 0, 0, static_cast<std::uint32_t>(word), left });
    }
}

std::vector<Kernels> all()
{
    std::vector<Kernels> out { { "scalar", scan_scalar, score_scalar } };
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") > 0) out.push_back({ "AVX2", scan_avx2, score_avx2 });
    if (__builtin_cpu_supports("avx512f") > 0 && __builtin_cpu_supports("avx512bw") > 0
        && __builtin_cpu_supports("avx512vl") > 0 && __builtin_cpu_supports("avx512dq") > 0)
        out.push_back({ "AVX-512", scan_avx512, score_avx512 });
#endif
    return out;
}

Kernels const& best()
{
    static Kernels const chosen = all().back();
    return chosen;
}

} // namespace comity::search::kernel
