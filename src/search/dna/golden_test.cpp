#include "base/scratch.h"
#include "search/dna/audit.h"
#include "search/dna/exchange_file.h"
#include "search/dna/fixture.h"
#include "search/dna/synthetic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

/// All 536 130 pairs of the 1 036 genotypes that NIST published (Steffen et al. 2017).
namespace comity::search::dna {
namespace {

std::filesystem::path const genotypes = "../shared/data/dna/nist1036_genotypes.csv";

/// The table read a second way, as text: what the comparison is held against shares no code with
/// it.
struct TextTable {
    std::map<std::string, std::size_t> column;
    std::vector<std::vector<std::string_view>> rows;
};

TextTable text_table(std::string_view text)
{
    TextTable out;
    std::size_t start = 0;
    while (start < text.size()) {
        auto const end = std::min(text.find('\n', start), text.size());
        std::vector<std::string_view> cells;
        for (auto at = start; at <= end;) {
            auto const stop = std::min(text.find_first_of(",\r\n", at), end);
            cells.push_back(text.substr(at, stop - at));
            at = stop + 1;
        }
        if (out.column.empty())
            for (std::size_t i = 0; i < cells.size(); ++i) out.column[std::string { cells[i] }] = i;
        else
            out.rows.push_back(std::move(cells));
        start = end + 1;
    }
    return out;
}

class Golden : public testing::Test {
protected:
    std::string text;
    std::vector<Profile> profiles;
    std::vector<Genotype> people;

    void SetUp() override
    {
        if (!std::filesystem::exists(genotypes)) GTEST_SKIP() << "no genotypes at " << genotypes;
        text = std::string { as_text(read_file(genotypes).value()) };
        profiles = read_csv(text, test::table()).value().profiles;
        for (auto const& profile : profiles) people.push_back(profile.genotype);
    }
};

constexpr auto ess = "vWA,TH01,D21S11,FGA,D8S1179,D3S1358,D18S51,D1S1656,D2S441,D10S1248,D12S391,"
                     "D22S1045";

TEST_F(Golden, loci_that_match_and_that_match_in_part_are_counted_as_another_program_counts_them)
{
    auto const found = pair_table(people, test::mask(ess)).value();
    EXPECT_EQ(found.compared, 536'130U);
    std::vector<std::uint64_t> matching(13);
    std::vector<std::uint64_t> in_part(13);
    for (std::size_t m = 0; m < 13; ++m)
        for (std::size_t p = 0; p < 13; ++p) {
            matching[m] += found.pairs[m][p];
            in_part[p] += found.pairs[m][p];
        }
    EXPECT_EQ(matching,
        (std::vector<std::uint64_t> {
            265170, 193124, 63467, 12514, 1698, 148, 8, 0, 1, 0, 0, 0, 0 }));
    EXPECT_EQ(in_part,
        (std::vector<std::uint64_t> {
            393, 3784, 17446, 49431, 91728, 120208, 115082, 79813, 40232, 14134, 3325, 520, 34 }));
}

TEST_F(Golden, the_comparison_agrees_with_one_made_of_text_at_every_locus_of_every_pair)
{
    auto const raw = text_table(text);
    ASSERT_EQ(raw.rows.size(), 1036U);
    auto const set = test::rules();
    std::uint64_t wrong = 0;
    std::uint64_t compared = 0;
    for (auto const& name : split(ess, ',')) {
        auto const locus = *test::table().find(name);
        auto const low = raw.column.at(std::string { name } + "_1");
        std::vector<std::pair<std::string_view, std::string_view>> texts;
        std::vector<Pair> pairs;
        for (std::size_t i = 0; i < people.size(); ++i) {
            texts.emplace_back(raw.rows[i][low], raw.rows[i][low + 1]);
            pairs.push_back(*seen_under(set, *find_typing(people[i], locus)));
        }
        for (std::size_t i = 0; i < people.size(); ++i)
            for (std::size_t k = i + 1; k < people.size(); ++k) {
                auto const [a, b] = texts[i];
                auto const [c, d] = texts[k];
                bool const same = (a == c && b == d) || (a == d && b == c);
                bool const some = a == c || a == d || b == c || b == d;
                auto const found = compare_locus(locus, pairs[i], pairs[k], set, 4);
                auto const differing = found.deviating + found.mismatching;
                wrong += differing != (same ? 0 : some ? 1 : 2);
                ++compared;
            }
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(compared, 12U * 536'130U);
}

TEST_F(Golden, the_index_finds_the_pairs_that_the_slow_comparison_finds)
{
    ScratchFolder const folder;
    auto const index = Index::create(
        folder / "index", common_alleles(test::frequencies(), test::table()), test::table())
                           .value();
    std::vector<Genotype> four;
    auto const few = test::mask("TPOX,CSF1PO,D5S818,D13S317");
    for (auto const& each : people) four.push_back(only(each, few));
    index->insert(four).take();
    auto rules = test::rules();
    rules.matching_loci_min = 2;
    rules.differing_alleles_max = rules.mismatching_alleles_max = 2;
    rules.deviating_alleles_max = 2;
    auto const audited = audit(*index, rules, test::population(), 0.01).value();
    std::uint64_t full = 0;
    std::uint64_t near = 0;
    for (std::size_t i = 0; i < four.size(); ++i)
        for (std::size_t k = i + 1; k < four.size(); ++k) {
            unsigned differing = 0;
            unsigned matching = 0;
            for (auto const& typing : four[i]) {
                auto const* other = find_typing(four[k], typing.locus);
                if (other == nullptr) continue; // one person lacks TPOX
                auto const found = compare_locus(typing.locus, *seen_under(rules, typing),
                    *seen_under(rules, *other), rules,
                    test::table().loci()[typing.locus].repeat_bases);
                differing += found.deviating + found.mismatching;
                matching += found.counts;
            }
            full += differing == 0;
            near += differing > 0 && differing < 3 && matching >= 2;
        }
    EXPECT_EQ(audited.full_observed, full);
    EXPECT_EQ(audited.near_observed, near);
    EXPECT_GT(near, 100U);
}

TEST_F(Golden, pairs_observed_are_near_those_expected_of_unrelated_persons)
{
    std::vector<Genotype> caucasian;
    auto const raw = text_table(text);
    for (std::size_t i = 0; i < people.size(); ++i)
        if (raw.rows[i][1] == "Cauc") caucasian.push_back(people[i]);
    ASSERT_EQ(caucasian.size(), 361U);
    auto const observed = pair_table(caucasian, test::mask(ess)).value();
    auto const expected = pairs_expected(test::population(), test::mask(ess), 0);
    double sum = 0;
    for (std::size_t m = 0; m < 13; ++m) {
        double seen = 0;
        double share = 0;
        for (std::size_t p = 0; p < 13; ++p) {
            seen += static_cast<double>(observed.pairs[m][p]);
            share += expected[m][p];
        }
        sum += share;
        auto const pairs = static_cast<double>(observed.compared) * share;
        // Pairs share persons: the spread is several times that of independent ones.
        EXPECT_NEAR(seen, pairs, 8 * std::sqrt(pairs) + 3) << m;
    }
    EXPECT_NEAR(sum, 1, 1e-9);
}

TEST_F(Golden, every_person_is_found_with_a_ratio_of_the_published_size)
{
    auto const found = dna::compare(people[0], people[0], test::rules(), test::table(),
        compared_loci(test::rules(), test::table()));
    auto const weights = weigh(found, test::frequencies(), 0.01);
    EXPECT_EQ(found.compared, 29U);
    EXPECT_GT(weights.front().log10_ratio, 25);
    EXPECT_LT(weights.front().log10_ratio, 45);
}

TEST(PairTable, over_its_limit_is_refused)
{
    std::vector<Genotype> many(pair_table_profiles_max);
    EXPECT_TRUE(pair_table(many, test::mask("TH01")).ok());
    many.emplace_back();
    EXPECT_FALSE(pair_table(many, test::mask("TH01")).ok());
}

TEST(Audit, shows_a_duplicate_and_a_typing_error)
{
    ScratchFolder const folder;
    auto const index = Index::create(
        folder / "index", common_alleles(test::frequencies(), test::table()), test::table())
                           .value();
    Synthesis const synthesis { test::population(), test::table().find_kit("NGM")->loci };
    Draws draws { 4 };
    std::vector<Genotype> people;
    for (int i = 0; i < 500; ++i) people.push_back(synthesis.person(draws));
    people.push_back(people[10]);
    people.push_back(people[20]);
    auto& slip = people.back()[4].alleles;
    slip[1].code = static_cast<std::uint16_t>(slip[1].code + 10);
    index->insert(people).take();
    auto const found = audit(*index, test::rules(), test::population(), 0.01).value();
    EXPECT_EQ(found.full_observed, 1U);
    EXPECT_EQ(found.near_observed, 1U);
    EXPECT_LT(found.full_expected, 1e-6);
    EXPECT_EQ(found.pairs, 502.0 * 501 / 2);
    ASSERT_EQ(found.found.size(), 2U);
    EXPECT_EQ(found.found[0].one, 11U);
    EXPECT_EQ(found.found[0].other, 501U);

    // In pieces it is the same, with its progress; and it can be stopped.
    std::vector<std::size_t> done;
    ConnectionOptions options;
    options.progress = [&](ConnectionProgress const& it) {
        EXPECT_EQ(it.queries_all, people.size());
        done.push_back(it.queries_done);
    };
    auto const pieces
        = audit(*index, test::rules(), test::population(), 0.01, options, 100).value();
    EXPECT_EQ(done, (std::vector<std::size_t> { 100, 200, 300, 400, 500, 502 }));
    EXPECT_EQ(pieces.full_observed, 1U);
    EXPECT_EQ(pieces.near_observed, 1U);
    EXPECT_EQ(pieces.found.size(), 2U);
    std::stop_source stop;
    stop.request_stop();
    options.stop = stop.get_token();
    EXPECT_EQ(audit(*index, test::rules(), test::population(), 0.01, options).error().kind,
        Error::Kind::conflict);
    options = {};
    options.hits_max = 2;
    EXPECT_TRUE(audit(*index, test::rules(), test::population(), 0.01, options, 100).ok());
    options.hits_max = 1;
    EXPECT_EQ(audit(*index, test::rules(), test::population(), 0.01, options, 100).error().kind,
        Error::Kind::too_large);
}

} // namespace
} // namespace comity::search::dna
