#include "search/dna/search.h"

#include "base/scratch.h"
#include "search/dna/fixture.h"
#include "search/dna/synthetic.h"

#include <gtest/gtest.h>

#include <map>

namespace comity::search::dna {
namespace {

std::unique_ptr<Index> index_in(std::filesystem::path const& folder)
{
    return Index::create(folder, common_alleles(test::frequencies(), test::table()), test::table())
        .value();
}

/// Alleles so few that hits are many; every kind of gap, micro-variant and rare value.
Genotype odd_profile(LocusMask loci, Draws& draws)
{
    static constexpr Allele values[] { { 120 }, { 121 }, { 122 }, { 130 }, { 140 }, { 970 } };
    std::vector<Typing> out;
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((loci & bit_of(locus)) == 0 || draws.below(25) == 0) continue;
        std::vector<Allele> alleles;
        auto const count = draws.below(30) == 0 ? 3U : 2U;
        for (unsigned i = 0; i < count; ++i)
            alleles.push_back(
                draws.below(7) != 0 ? values[draws.below(2)] : values[draws.below(6)]);
        if (draws.below(15) == 0) alleles[0] = wildcard;
        if (draws.below(25) == 0) alleles[1] = rare;
        out.push_back(make_typing(locus, alleles).value());
    }
    return out;
}

std::map<ProfileNumber, unsigned> slow(
    std::map<ProfileNumber, Genotype> const& all, Genotype const& query, RuleSet const& rules)
{
    std::map<ProfileNumber, unsigned> out;
    auto const loci = compared_loci(rules, test::table());
    for (auto const& [number, genotype] : all) {
        auto const found = compare(query, genotype, rules, test::table(), loci);
        if (found.hit) out[number] = found.quality;
    }
    return out;
}

std::map<ProfileNumber, unsigned> fast(Index const& index, Genotype const& query,
    RuleSet const& rules, SearchOptions const& options = {})
{
    std::map<ProfileNumber, unsigned> out;
    for (auto const& hit : search(index, query, rules, options).value().hits)
        out[hit.number] = hit.comparison.quality;
    return out;
}

constexpr auto eight = "VWA,TH01,D21S11,FGA,D8S1179,D3S1358,D18S51,Penta D";

/// Rule sets that differ in all that the bitmaps could get wrong.
std::vector<RuleSet> rule_sets()
{
    std::vector<RuleSet> out(4, test::rules());
    out[1].differing_alleles_max = 0;
    out[2].differing_alleles_max = out[2].mismatching_alleles_max = 2;
    out[2].deviating_alleles_max = 2;
    out[2].three_alleles = ThreeAlleles::locus_left_out;
    out[3].rare_is_wildcard = false;
    out[3].matching_loci_min = 4;
    out[3].wildcard_locus_counts = false;
    return out;
}

TEST(Search, finds_what_the_slow_comparison_finds_in_a_million_odd_pairs)
{
    ScratchFolder const folder;
    auto const index = index_in(folder / "index");
    Draws draws { 7 };
    std::vector<Genotype> profiles;
    for (int i = 0; i < 5000; ++i) profiles.push_back(odd_profile(test::mask(eight), draws));
    auto const numbers = index->insert(profiles).value();
    std::map<ProfileNumber, Genotype> all;
    for (std::size_t i = 0; i < numbers.size(); ++i) all[numbers[i]] = profiles[i];
    for (auto const& [number, genotype] : all) ASSERT_EQ(index->read(number), genotype);
    std::size_t hits = 0;
    for (auto const& rules : rule_sets())
        for (int i = 0; i < 50; ++i) {
            auto const query = odd_profile(test::mask(eight), draws);
            auto const expected = slow(all, query, rules);
            hits += expected.size();
            for (auto const& kernels : kernel::all())
                ASSERT_EQ(fast(*index, query, rules, { .kernels = kernels }), expected)
                    << kernels.name;
        }
    EXPECT_GT(hits, 1000U); // else the test says nothing
}

kernel::ScanPlan random_plan(Draws& draws, std::uint32_t query, std::uint32_t columns)
{
    kernel::ScanPlan out;
    out.query = query;
    out.loci_count = static_cast<std::uint8_t>(1 + draws.below(12));
    out.first = static_cast<std::uint8_t>(draws.below(out.loci_count + 1U));
    for (auto& locus : out.loci)
        locus = { static_cast<std::uint16_t>(draws.below(columns)),
            static_cast<std::uint16_t>(draws.below(columns)),
            static_cast<std::uint16_t>(draws.below(columns - 1)),
            static_cast<kernel::ScanLocus::Kind>(draws.below(3)) };
    return out;
}

/// Segments of 1 to 5 blocks one after another, with gaps and without, some begun in the middle.
TEST(Search, every_kernel_leaves_the_same_bits_of_random_columns)
{
    constexpr std::size_t blocks = 5, columns = 24, stride = (blocks + 1) * kernel::block_words;
    Draws draws { 11 };
    std::vector<std::uint64_t> words(columns * stride);
    for (auto& word : words) word = draws.next() | draws.next();
    kernel::Columns const view { words.data(), stride };
    auto const bits_of = [](kernel::ScanResult const& found) {
        std::map<std::array<std::uint32_t, 3>, std::uint64_t> out;
        for (auto const& each : found.survivors)
            out[{ each.query, each.piece, each.word }] = each.bits;
        return out;
    };
    for (unsigned round = 0; round < 60; ++round) {
        std::vector<kernel::ScanPlan> plans;
        for (std::uint32_t query = 0; query < 3; ++query)
            plans.push_back(random_plan(draws, query, columns));
        std::vector<kernel::Piece> pieces;
        for (std::size_t i = draws.below(4); i > 0; --i) {
            auto const first = draws.below(blocks);
            auto const plan = draws.below(3);
            pieces.push_back({ view, &plans[plan], 1 + draws.below(3 - plan), draws.below(2) == 0,
                first, first + 1 + draws.below(blocks - first) });
        }
        kernel::Pieces const all { pieces.data(), pieces.size(), round % 3 };
        kernel::ScanResult expected;
        kernel::scan_scalar(all, expected);
        for (auto const& kernels : kernel::all()) {
            kernel::ScanResult found;
            kernels.scan(all, found);
            ASSERT_EQ(bits_of(found), bits_of(expected)) << kernels.name;
        }
    }
}

TEST(Search, every_kernel_sums_the_same_scores)
{
    constexpr std::size_t blocks = 1, columns = 24, stride = (blocks + 1) * kernel::block_words;
    Draws draws { 13 };
    std::vector<std::uint64_t> words(columns * stride);
    for (auto& word : words) word = draws.next() & draws.next();
    kernel::Columns const view { words.data(), stride };
    for (int round = 0; round < 5; ++round) {
        std::vector<kernel::ScoreLocus> loci(1 + draws.below(20));
        for (auto& locus : loci) {
            auto const column
                = [&] { return static_cast<std::uint16_t>(draws.below(columns - 1)); };
            locus.a = column();
            locus.b = column();
            locus.homozygous = column();
            locus.gaps = column();
            locus.same = draws.below(3) == 0;
            for (auto& score : locus.score) score = static_cast<std::uint8_t>(draws.below(256));
            locus.score_of_gap = static_cast<std::uint8_t>(draws.below(256));
        }
        auto const least = static_cast<std::uint32_t>(loci.size() * (100 + draws.below(40)));
        kernel::ScorePlan const plan { loci.data(), loci.size(), round % 2 == 0, least };
        kernel::ScanResult expected;
        kernel::score_scalar(view, plan, 0, blocks, expected);
        EXPECT_FALSE(expected.survivors.empty());
        for (auto const& kernels : kernel::all()) {
            kernel::ScanResult found;
            kernels.score(view, plan, 0, blocks, found);
            ASSERT_EQ(found.survivors.size(), expected.survivors.size()) << kernels.name;
            for (std::size_t i = 0; i < found.survivors.size(); ++i)
                ASSERT_EQ(found.survivors[i].bits, expected.survivors[i].bits) << kernels.name;
        }
    }
}

TEST(Search, two_threads_find_what_one_finds_and_too_many_hits_are_refused)
{
    ScratchFolder const folder;
    auto const index = index_in(folder / "index");
    Synthesis const synthesis { test::population(), test::table().find_kit("NGM")->loci };
    Draws draws { 3 };
    std::vector<Genotype> profiles;
    for (int i = 0; i < 9000; ++i) profiles.push_back(synthesis.person(draws));
    for (int i = 0; i < 9; ++i) profiles.push_back(profiles[5]);
    index->insert(profiles).take();
    auto const rules = test::rules();
    Crew crew { 1 };
    auto const alone = fast(*index, profiles[5], rules);
    EXPECT_EQ(alone.size(), 10U);
    EXPECT_EQ(
        fast(*index, profiles[5], rules, { .crew = &crew }), alone); // too little to help with
    EXPECT_EQ(fast(*index, profiles[5], rules, { .crew = &crew, .alone_bytes = 0 }), alone);
    EXPECT_EQ(fast(*index, profiles[5], rules, { .hits_max = 10 }).size(), 10U);
    EXPECT_EQ(
        search(*index, profiles[5], rules, { .hits_max = 9 }).error().kind, Error::Kind::too_large);
}

TEST(Connection, is_every_query_by_itself_and_goes_on_where_it_was_stopped)
{
    ScratchFolder const folder;
    auto const index = index_in(folder / "index");
    Synthesis const synthesis { test::population(), test::table().find_kit("SGM Plus")->loci };
    Draws draws { 5 };
    std::vector<Genotype> profiles;
    for (int i = 0; i < 5000; ++i) profiles.push_back(synthesis.person(draws));
    index->insert(profiles).take();
    std::vector<Genotype> queries;
    for (std::size_t i = 0; i < queries_at_once + 10; ++i)
        queries.push_back(i % 100 == 0 ? profiles[i] : synthesis.person(draws));
    auto const rules = test::rules();
    std::stop_source stop;
    std::vector<std::uint64_t> said;
    ConnectionOptions options { .stop = stop.get_token() };
    options.progress = [&](ConnectionProgress const& progress) {
        said.push_back(progress.queries_done);
        stop.request_stop();
    };
    auto const half = compare_all(*index, queries, rules, options).value();
    EXPECT_FALSE(half.complete);
    EXPECT_EQ(said, std::vector<std::uint64_t> { queries_at_once });
    auto const rest
        = compare_all(*index, queries, rules, { .first_query = half.queries_done }).value();
    EXPECT_TRUE(rest.complete);
    Crew crew { 1 };
    auto const whole = compare_all(*index, queries, rules, { .search { .crew = &crew } }).value();
    EXPECT_EQ(half.hits.size() + rest.hits.size(), whole.hits.size());
    for (auto const& each : whole.hits)
        ASSERT_TRUE(fast(*index, queries[each.query], rules).contains(each.hit.number));
    EXPECT_EQ(whole.hits.size(), 11U);
    EXPECT_FALSE(compare_all(*index, queries, rules, { .hits_max = 10 }).ok());
}

} // namespace
} // namespace comity::search::dna
