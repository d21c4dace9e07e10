#include "rights/national.h"

#include "base/file.h"

#include <gtest/gtest.h>

/// What A31(4)(g) and (h) leave to national law, as rows with a source.
namespace comity::rights {
namespace {

Result<National> read(std::string_view rows)
{
    return National::read(
        std::string { "party\tabout\tvalue\tfrom\tuntil\tsource\tnote\n" } + std::string { rows });
}

Date day(std::string_view text)
{
    return parse_date(text).value();
}

} // namespace

TEST(National, says_days_and_remedy_where_a_row_does_and_guesses_nothing)
{
    auto const law = read("RO\tanswer-days\t30\t2020-01-01\t2024-01-01\tTEST\t-\n"
                          "RO\tremedy\tCourt TEST\t2020-01-01\topen\tTEST\t-\n"
                          "BG\tremedy\tunknown\t2020-01-01\topen\tnone\t-\n")
                         .value();
    EXPECT_EQ(law.answer_days("RO", day("2023-12-31")).value().count, 30);
    EXPECT_FALSE(law.answer_days("RO", day("2024-01-01")).has_value());
    EXPECT_FALSE(law.answer_days("RO", day("2019-12-31")).has_value());
    EXPECT_EQ(law.remedy("RO", day("2024-01-01")).value().text, "Court TEST");
    EXPECT_FALSE(law.remedy("BG", day("2024-01-01")).has_value());
}

TEST(National, refuses_a_row_that_is_none)
{
    EXPECT_FALSE(read("RO\tanswer-days\t0\t2020-01-01\topen\tTEST\t-\n").ok());
    EXPECT_TRUE(read("RO\tanswer-days\t1\t2020-01-01\topen\tTEST\t-\n").ok());
    EXPECT_TRUE(read("RO\tanswer-days\t3660\t2020-01-01\topen\tTEST\t-\n").ok());
    EXPECT_FALSE(read("RO\tanswer-days\t3661\t2020-01-01\topen\tTEST\t-\n").ok());
    EXPECT_FALSE(read("RO\tother\tTEST\t2020-01-01\topen\tTEST\t-\n").ok());
    EXPECT_FALSE(read("RO\tremedy\tA\t2020-01-01\topen\tTEST\t-\n"
                      "RO\tremedy\tB\t2020-01-01\topen\tTEST\t-\n")
            .ok());
}

TEST(National, of_the_project_has_a_row_of_each_kind_for_every_Party)
{
    auto const bytes = read_file("data/treaty/persons.tsv").value();
    auto const law = National::read(as_text(bytes));
    ASSERT_TRUE(law.ok()) << law.error().what;
    EXPECT_TRUE(law.value().remedy("BG", day("2026-01-01")).has_value());
    EXPECT_FALSE(law.value().answer_days("BG", day("2026-01-01")).has_value());
    std::string const text { as_text(bytes) };
    for (std::string const party :
        { "AL", "AT", "BA", "BG", "HR", "HU", "MD", "ME", "MK", "RO", "RS", "SI" })
        for (auto const* about : { "answer-days", "remedy" })
            EXPECT_NE(text.find("\n" + party + "\t" + about + "\t"), std::string::npos) << party;
}

} // namespace comity::rights
