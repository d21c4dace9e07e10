#include "book/review.h"

#include "base/file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::book {
namespace {

constexpr std::string_view titles = "article\treviewer\tdate\tedition\n";

Date today()
{
    return parse_date("2026-04-17").value();
}

std::string const edition(64, 'a');

Result<std::vector<Review>> read(std::string const& rows)
{
    return read_reviews({ "reviews.tsv", std::string { titles } + rows }, today());
}

std::string row(std::string_view article, std::string_view reviewer, std::string_view date,
    std::string_view of = edition)
{
    return fmt::format("{}\t{}\t{}\t{}\n", article, reviewer, date, of);
}

std::string what(std::string const& rows)
{
    auto const made = read(rows);
    if (made.ok()) return "read";
    EXPECT_EQ(made.error().field, "reviews.tsv:2");
    return made.error().what;
}

} // namespace

TEST(Review, of_an_article_the_lists_or_the_reservations_is_read)
{
    auto const all = read(row("0", "A. Jurist TEST", "2026-04-17") + "# remark\n\n"
        + row("42", "A. Jurist TEST", "2006-05-05") + row("annexed-lists", "B TEST", "2026-01-01")
        + row("reservations", "B TEST", "2026-01-01"))
                         .value();
    ASSERT_EQ(all.size(), 4);
    EXPECT_EQ(all[0].page, "preamble");
    EXPECT_EQ(all[0].reviewer, "A. Jurist TEST");
    EXPECT_EQ(all[0].date, today());
    EXPECT_EQ(all[0].edition, edition);
    EXPECT_EQ(all[1].page, "article-42");
    EXPECT_EQ(all[2].page, annexed_lists_page);
    EXPECT_EQ(all[3].page, reservations_page);
}

TEST(Review, of_no_article_is_refused)
{
    for (auto const* article : { "43", "-1", "", "A13", "4x" })
        EXPECT_EQ(what(row(article, "A", "2026-01-01")),
            "reviews.tsv line 2: article must be 0 to 42, annexed-lists or reservations");
}

TEST(Review, reviewer_has_a_name_of_at_most_200_bytes)
{
    EXPECT_EQ(what(row("1", std::string(200, 'x'), "2026-01-01")), "read");
    for (auto const& name : { std::string {}, std::string(201, 'x') })
        EXPECT_EQ(what(row("1", name, "2026-01-01")),
            "reviews.tsv line 2: reviewer must have 1 to 200 bytes");
}

TEST(Review, date_lies_between_the_signature_and_today)
{
    for (auto const* date : { "2006-05-04", "2026-04-18", "soon" })
        EXPECT_EQ(what(row("1", "A", date)),
            "reviews.tsv line 2: date must be a day from 2006-05-05 to 2026-04-17");
}

TEST(Review, edition_is_a_SHA_256_in_hexadecimal)
{
    for (auto const& other :
        { std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'), std::string(64, 'g') })
        EXPECT_EQ(what(row("1", "A", "2026-01-01", other)),
            "reviews.tsv line 2: edition must be 64 digits of lower-case hexadecimal");
}

TEST(Review, of_one_page_by_one_person_on_one_day_is_one)
{
    auto const twice = row("1", "A", "2026-01-01");
    auto const made = read(twice + twice);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().field, "reviews.tsv:3");
    EXPECT_TRUE(read(twice + row("1", "B", "2026-01-01") + row("2", "A", "2026-01-01")
        + row("1", "A", "2026-01-02"))
            .ok());
}

TEST(Review, a_table_of_other_columns_is_refused)
{
    EXPECT_FALSE(read_reviews({ "reviews.tsv", "" }, today()).ok());
    EXPECT_FALSE(read_reviews({ "reviews.tsv", "article\tdate\n" }, today()).ok());
    EXPECT_EQ(what("1\tA\t2026-01-01\n"),
        "reviews.tsv line 2: expected article, reviewer, date, edition, tabs between them");
}

TEST(Review, more_than_the_limit_are_refused)
{
    std::string rows;
    for (std::size_t i = 0; i < reviews_max; ++i)
        rows += row("1", fmt::format("{}", i), "2026-01-01");
    EXPECT_TRUE(read(rows).ok());
    EXPECT_EQ(read(rows + row("2", "A", "2026-01-01")).error().kind, Error::Kind::too_large);
}

TEST(Review, the_table_of_the_project_is_read)
{
    auto const bytes = read_file("data/treaty/reviews.tsv").value();
    EXPECT_TRUE(read_reviews(
        { "reviews.tsv", std::string { as_text(bytes) } }, parse_date("2999-01-01").value())
            .ok());
}

} // namespace comity::book
