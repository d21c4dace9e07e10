#include "search/dna/index_file.h"

#include "base/file.h"
#include "base/scratch.h"
#include "search/dna/fixture.h"
#include "search/dna/search.h"
#include "search/dna/synthetic.h"

#include <gtest/gtest.h>

#include <thread>

namespace comity::search::dna {
namespace {

class DnaIndex : public testing::Test {
protected:
    ScratchFolder folder;
    Synthesis synthesis { test::population(), test::table().find_kit("ESX 17")->loci };
    Draws draws { 1 };

    std::unique_ptr<Index> create()
    {
        return Index::create(
            folder / "index", common_alleles(test::frequencies(), test::table()), test::table())
            .value();
    }
    Result<std::unique_ptr<Index>> open() { return Index::open(folder / "index", test::table()); }
    std::vector<Genotype> people(std::size_t count)
    {
        std::vector<Genotype> out;
        for (; count > 0; --count) out.push_back(synthesis.person(draws));
        return out;
    }
    static std::size_t hits(Index const& index, Genotype const& query)
    {
        return search(index, query, test::rules()).value().hits.size();
    }
};

TEST(Pages, of_every_size_are_zeroed_and_touch_no_neighbour)
{
    std::vector<std::unique_ptr<Pages>> all;
    constexpr std::size_t half_run = 32 << 20;
    for (std::size_t const bytes : { std::size_t { 1 }, std::size_t { 4096 }, std::size_t { 4097 },
             half_run, half_run + 1, std::size_t { 8 } }) {
        all.push_back(std::make_unique<Pages>(bytes));
        auto const& pages = *all.back();
        ASSERT_GE(pages.bytes(), bytes);
        for (auto const word : { std::size_t { 0 }, pages.bytes() / 8 - 1 }) {
            ASSERT_EQ(pages.words()[word], 0U);
            pages.words()[word] = all.size();
        }
    }
    all.erase(all.begin() + 1);
    EXPECT_EQ(all.front()->words()[511], 1U);
    EXPECT_EQ(all[1]->words()[0], 3U);
}

TEST_F(DnaIndex, is_the_same_after_it_was_closed_and_opened_from_log_and_file)
{
    auto const profiles = people(5000);
    std::vector<ProfileNumber> numbers;
    {
        auto const index = create();
        numbers = index->insert(std::span { profiles }.first(4500)).value();
        index->destroy(numbers[7]).take();
    }
    {
        auto const index = open().value();
        EXPECT_EQ(index->size(), 4499U);
        EXPECT_FALSE(index->read(numbers[7]));
        EXPECT_EQ(index->read(numbers[8]), profiles[8]);
        index->checkpoint().take();
        auto const more = index->insert(std::span { profiles }.subspan(4500)).value();
        EXPECT_EQ(more.front(), numbers.back() + 1);
        numbers.insert(numbers.end(), more.begin(), more.end());
        index->destroy(numbers[4601]).take();
    }
    auto const index = open().value();
    EXPECT_EQ(index->size(), 4998U);
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        bool const gone = i == 7 || i == 4601;
        ASSERT_EQ(index->read(numbers[i]).has_value(), !gone) << i;
        ASSERT_TRUE(i % 100 != 0 || hits(*index, profiles[i]) == 1U) << i;
    }
    EXPECT_EQ(hits(*index, profiles[7]) + hits(*index, profiles[4601]), 0U);
}

TEST_F(DnaIndex, destruction_is_seen_at_once_and_leaves_no_bit_in_the_next_file)
{
    auto const index = create();
    auto rare_one = test::genotype("VWA 30,31; TH01 3,3; D21S11 50,51; FGA 51,52.2; D8S1179 33,34;"
                                   " D3S1358 41,42; D18S51 44,45");
    auto const number = index->insert({ &rare_one, 1 }).value()[0];
    EXPECT_EQ(hits(*index, rare_one), 1U);
    index->destroy(number).take();
    EXPECT_EQ(hits(*index, rare_one), 0U);
    EXPECT_EQ(index->destroy(number).error().kind, Error::Kind::not_found);
    EXPECT_EQ(index->size(), 0U);
    index->checkpoint().take();
    auto const file = read_file(folder / "index" / "profiles").value();
    std::uint16_t const code = 522; // FGA 52.2
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(&code);
    auto const memory = ByteView { file }.subspan(std::size_t { 4 } << 20U);
    EXPECT_EQ(std::search(memory.begin(), memory.end(), bytes, bytes + 2), memory.end());
    EXPECT_FALSE(std::filesystem::exists(folder / "index" / "changes.1"));
}

TEST_F(DnaIndex, a_log_cut_at_any_byte_gives_every_whole_change_before_the_cut)
{
    auto const profiles = people(3);
    {
        auto const index = create();
        index->insert(profiles).take();
    }
    auto const log = folder / "index" / "changes.1";
    auto const whole = read_file(log).value();
    auto const record = whole.size() / 3;
    for (auto size = whole.size(); size > 0; size -= std::min<std::size_t>(size, 13)) {
        std::filesystem::resize_file(log, size);
        EXPECT_EQ(open().value()->size(), size / record) << size;
    }
    auto altered = whole;
    altered[record + 20] ^= 1U;
    write_file(log, altered).take();
    EXPECT_EQ(open().value()->size(), 1U);
}

TEST_F(DnaIndex, damage_is_named)
{
    {
        auto const index = create();
        index->insert(people(10)).take();
        index->checkpoint().take();
        EXPECT_EQ(
            Index::create(folder / "index", {}, test::table()).error().kind, Error::Kind::conflict);
    }
    auto const path = folder / "index" / "profiles";
    auto const whole = read_file(path).value();
    auto const broken = [&](std::size_t at) {
        auto altered = whole;
        altered[at] ^= 1U;
        write_file(path, altered).take();
        auto const opened = open();
        return opened.ok() ? "" : opened.error().what.substr(path.string().size() + 2);
    };
    EXPECT_EQ(broken(0), "this is no index of DNA profiles");
    EXPECT_EQ(broken(30), "the header's checksum does not hold");
    EXPECT_EQ(broken((4U << 20U) + 77), "a segment's checksum does not hold");
    auto const cut = [&](std::size_t size) {
        write_file(path, ByteView { whole }.first(size)).take();
        return !open().ok();
    };
    for (std::size_t const size : { 0UL, 20UL, 100UL, (4UL << 20U) + 9, whole.size() - 1 })
        EXPECT_TRUE(cut(size)) << size;
    write_file(path, whole).take();
    EXPECT_TRUE(open().ok());
    EXPECT_EQ(Index::open(folder / "none", test::table()).error().kind, Error::Kind::not_found);
}

TEST_F(DnaIndex, searches_beside_insertions_lose_nothing_that_was_there_before)
{
    auto const index = create();
    auto const profiles = people(9000);
    index->insert(std::span { profiles }.first(3000)).take();
    std::atomic<std::size_t> inserted = 3000;
    std::atomic<int> lost = 0;
    {
        std::jthread const writer { [&] {
            for (std::size_t i = 3000; i < 9000; i += 20) {
                index
                    ->insert(
                        std::span { profiles }.subspan(i, 20), Index::Durable::when_synchronized)
                    .take();
                inserted = i + 20;
            }
        } };
        Draws other { 2 };
        while (inserted < 9000) {
            auto const before = inserted.load();
            lost += hits(*index, profiles[other.below(static_cast<std::uint32_t>(before))]) != 1;
            lost += hits(*index, profiles[before - 1]) != 1;
        }
    }
    EXPECT_EQ(lost, 0);
    index->synchronize().take();
    EXPECT_EQ(index->size(), 9000U);
}

TEST_F(DnaIndex, profiles_lie_with_their_like)
{
    auto const index = create();
    Genotype const partial = only(synthesis.person(draws), test::table().find_kit("NGM")->loci);
    index->insert(people(2)).take();
    index->insert({ &partial, 1 }).take();
    auto with_wildcard = people(1);
    with_wildcard[0][3].alleles[1] = wildcard;
    index->insert(with_wildcard).take();
    EXPECT_EQ(index->snapshot()->size(), 3U);
    EXPECT_EQ(index->sizes_by_loci().size(), 2U);
    EXPECT_EQ(hits(*index, partial), 1U);
    EXPECT_EQ(hits(*index, with_wildcard[0]), 1U);
}

} // namespace
} // namespace comity::search::dna
