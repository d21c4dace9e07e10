#pragma once

#include "base/file.h"
#include "search/dna/search.h"
#include "search/dna/synthetic.h"

#include <fcntl.h>
#include <immintrin.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <thread>

/// Profiles for the benchmark, and what it is held against: the memory's own speed, and the method
/// of a first sketch, which kept one flat bitmap for each allele over all profiles.
namespace comity::bench {

using namespace search::dna;

inline std::string dna_text(char const* file)
{
    return std::string { as_text(read_file(std::filesystem::path { "data/dna" } / file).value()) };
}

/// The project's loci and kits, and three kits of 24, 17 and 10 loci.
inline LocusTable const& dna_table()
{
    static LocusTable const table = LocusTable::read(dna_text("loci.tsv"),
        dna_text("kits.tsv")
            + "Bench 24\t-\tD3S1358,D1S1656,D2S441,D10S1248,D13S317,Penta E,D16S539,D18S51,D2S1338,"
              "CSF1PO,Penta D,TH01,VWA,D21S11,D7S820,D5S818,TPOX,D8S1179,D12S391,D19S433,FGA,"
              "D22S1045,SE33,D6S1043\n"
              "Bench 17\t-\tD10S1248,VWA,D16S539,D2S1338,D8S1179,D21S11,D18S51,D22S1045,D19S433,"
              "TH01,FGA,D2S441,D3S1358,D1S1656,D12S391,SE33,CSF1PO\n")
                                        .value();
    return table;
}

inline Frequencies const& dna_frequencies()
{
    static Frequencies const all
        = Frequencies::read(dna_text("frequencies.tsv"), dna_table()).value();
    return all;
}

inline RuleSet dna_rules()
{
    return read_rules(dna_text("rules/pruem-2008.json"), dna_table()).value();
}

/// How the profiles of a database were typed.
enum class Typed : std::uint8_t { all_loci, with_gaps, mixed_kits };

class DnaSource {
public:
    explicit DnaSource(Typed typed, std::uint64_t seed = 1)
        : typed_(typed)
        , draws_(seed)
    {
    }
    Genotype next()
    {
        auto out = synthesis_.person(draws_);
        if (typed_ == Typed::mixed_kits) {
            auto const at = draws_.below(10);
            if (at >= 3) out = only(out, at < 6 ? seventeen : ten);
        }
        return typed_ == Typed::all_loci ? out : with_gaps(out, { 5, 10 }, draws_);
    }
    Genotype full() { return synthesis_.person(draws_); }
    Draws& draws() { return draws_; }

    static inline LocusMask const twenty_four = dna_table().find_kit("Bench 24")->loci;
    static inline LocusMask const seventeen = dna_table().find_kit("Bench 17")->loci;
    static inline LocusMask const ten = dna_table().find_kit("SGM Plus")->loci;

private:
    Typed typed_;
    Draws draws_;
    Synthesis synthesis_ { *dna_frequencies().find("us-caucasian"), twenty_four };
};

/// Bytes a second that this machine reads from memory in one run of addresses.
[[gnu::target("avx2")]] inline std::uint64_t read_all(std::uint64_t const* from, std::size_t words)
{
    __m256i sums[4] {};
    for (std::size_t i = 0; i + 16 <= words; i += 16)
        for (std::size_t k = 0; k < 4; ++k)
            sums[k] = _mm256_or_si256(
                sums[k], _mm256_load_si256(reinterpret_cast<__m256i const*>(from + i + 4 * k)));
    auto const all
        = _mm256_or_si256(_mm256_or_si256(sums[0], sums[1]), _mm256_or_si256(sums[2], sums[3]));
    return static_cast<std::uint64_t>(_mm256_extract_epi64(all, 0));
}

inline double stream_bandwidth(std::size_t bytes, unsigned threads)
{
    Pages const pages { bytes };
    for (std::size_t i = 0; i < bytes / 8; i += 8) pages.words()[i] = i;
    double best = 0;
    for (int round = 0; round < 7; ++round) {
        auto const start = std::chrono::steady_clock::now();
        std::vector<std::jthread> others;
        auto const part = bytes / 8 / threads;
        auto const work = [&](std::size_t i) {
            auto const got = read_all(pages.words() + i * part, part);
            asm volatile("" : : "r"(got) : "memory");
        };
        for (unsigned i = 1; i < threads; ++i) others.emplace_back([&, i] { work(i); });
        work(0);
        others.clear();
        auto const seconds
            = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(bytes) / seconds);
    }
    return best;
}

/// The sketch's method, on the same profiles: a bitmap for each allele over all profiles, and for
/// each locus one of homozygotes, wildcards and missing ones; blocks of 4 096 are left early.
class FlatBitmaps {
public:
    explicit FlatBitmaps(std::size_t profiles)
        : words_((profiles + 4095) / 4096 * 64)
    {
        auto const all = common_alleles(dna_frequencies(), dna_table(), 0);
        dictionary_ = all;
        std::size_t columns = 0;
        for (LocusNumber l = 0; l < loci_max; ++l)
            if ((DnaSource::twenty_four & bit_of(l)) != 0) {
                first_[l] = columns;
                columns += all.alleles[l].size() + 3;
            }
        pages_ = std::make_unique<Pages>(columns * words_ * 8);
        bytes_ = static_cast<double>(columns) / 8;
    }
    double bytes_per_profile() const { return bytes_; }
    void add(Genotype const& genotype)
    {
        for (LocusNumber l = 0; l < loci_max; ++l) {
            if ((DnaSource::twenty_four & bit_of(l)) == 0) continue;
            auto const* typing = find_typing(genotype, l);
            auto const rest = dictionary_.alleles[l].size();
            if (typing == nullptr) {
                set(l, rest + 2);
                continue;
            }
            set(l, dictionary_.place(l, typing->alleles[0]));
            if (typing->alleles[1] == wildcard)
                set(l, rest + 1);
            else
                set(l, dictionary_.place(l, typing->alleles[1]));
            if (typing->alleles[0] == typing->alleles[1]) set(l, rest);
        }
        ++count_;
    }
    /// The loci that tell most first, as the sketch ordered them: by the population.
    std::size_t candidates(Genotype const& query) const;

private:
    void set(LocusNumber l, std::size_t place)
    {
        column(l, place)[count_ / 64] |= std::uint64_t { 1 } << count_ % 64;
    }
    std::uint64_t* column(LocusNumber l, std::size_t place) const
    {
        return pages_->words() + (first_[l] + place) * words_;
    }
    std::size_t words_, count_ = 0;
    double bytes_ = 0;
    Dictionary dictionary_;
    std::array<std::size_t, loci_max> first_ {};
    std::unique_ptr<Pages> pages_;
};

inline double match_of(LocusNumber locus)
{
    auto const& population = *dna_frequencies().find("us-caucasian");
    double two = 0;
    double four = 0;
    for (auto const& each : population.alleles[locus]) {
        auto const p = each.count / population.total[locus];
        two += p * p;
        four += p * p * p * p;
    }
    return 2 * two * two - four;
}

[[gnu::target("avx2"), gnu::optimize("O3")]] inline std::size_t flat_scan(
    std::span<std::array<std::uint64_t const*, 5> const> loci, std::size_t words,
    std::span<std::uint8_t const> kind)
{
    constexpr std::size_t block = 64;
    std::size_t out = 0;
    for (std::size_t w = 0; w < words; w += block) {
        std::uint64_t one[block] {}, two[block] {};
        bool dead = false;
        for (std::size_t t = 0; t < loci.size() && !dead;) {
            auto const end = std::min(loci.size(), t + (t == 0 ? 6 : 2));
            for (; t < end; ++t) {
                auto const [a, b, h, wild, missing] = loci[t];
                bool const same = kind[t] == 1;
                bool const any = kind[t] == 2;
                for (std::size_t i = w, k = 0; k < block; ++i, ++k) {
                    std::uint64_t ok = 0;
                    if (any)
                        ok = a[i] | wild[i];
                    else
                        ok = (same ? a[i] & h[i] : a[i] & b[i]) | (wild[i] & (a[i] | b[i]));
                    auto const bad = ~(ok | missing[i]);
                    two[k] |= one[k] & bad;
                    one[k] |= bad;
                }
            }
            std::uint64_t all = ~std::uint64_t { 0 };
            for (auto const word : two) all &= word;
            dead = ~all == 0;
        }
        if (dead) continue;
        for (auto const word : two) out += static_cast<std::size_t>(std::popcount(~word));
    }
    return out;
}

inline std::size_t FlatBitmaps::candidates(Genotype const& query) const
{
    auto order = query;
    std::ranges::sort(order, {}, [](Typing const& each) { return match_of(each.locus); });
    std::vector<std::array<std::uint64_t const*, 5>> loci;
    std::vector<std::uint8_t> kind;
    for (auto const& typing : order) {
        auto const l = typing.locus;
        auto const rest = dictionary_.alleles[l].size();
        bool const any = typing.alleles[1] == wildcard;
        auto const a = dictionary_.place(l, typing.alleles[0]);
        auto const b = any ? a : dictionary_.place(l, typing.alleles[1]);
        loci.push_back({ column(l, a), column(l, b), column(l, rest), column(l, rest + 1),
            column(l, rest + 2) });
        kind.push_back(any ? 2 : a == b ? 1 : 0);
    }
    return flat_scan(loci, words_, kind);
}

} // namespace comity::bench
