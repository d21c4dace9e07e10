#include "identification/terms.h"

#include <gtest/gtest.h>

namespace comity::identification {
namespace {

constexpr std::string_view agreed = "parties\trules\tfrom\tuntil\tsource\n"
                                    "all\tINTERPOL\t2009-01-01\topen\tTEST\n"
                                    "BG,RO\tPRUEM-2008\t2011-08-26\t2020-01-01\tTEST\n";
constexpr std::string_view forms = "edition\tfrom\tuntil\tsource\n"
                                   "one\t2009-01-01\t2020-01-01\tTEST\n"
                                   "two\t2020-01-01\topen\tTEST\n";
constexpr std::string_view answer = "parties\tminutes\tfrom\tuntil\tsource\n"
                                    "BG,RO\t15\t2011-08-26\t2020-01-01\tTEST\n";

Date day(std::string_view text)
{
    return parse_date(text).value();
}

} // namespace

TEST(Terms, a_pair_has_its_own_rules_from_their_first_day_to_before_their_last)
{
    auto const terms = Terms::read(agreed, forms, answer).value();
    EXPECT_EQ(terms.rules_between("BG", "RO", day("2011-08-25")), "INTERPOL");
    EXPECT_EQ(terms.rules_between("BG", "RO", day("2011-08-26")), "PRUEM-2008");
    EXPECT_EQ(terms.rules_between("RO", "BG", day("2019-12-31")), "PRUEM-2008");
    EXPECT_EQ(terms.rules_between("RO", "BG", day("2020-01-01")), "INTERPOL");
    EXPECT_EQ(terms.rules_between("RO", "RS", day("2015-01-01")), "INTERPOL");
    EXPECT_EQ(terms.rules_between("RO", "RS", day("2008-12-31")), "");
}

TEST(Terms, who_agreed_on_minutes_answers_within_them_and_nobody_else)
{
    using std::chrono::minutes;
    auto const terms = Terms::read(agreed, forms, answer).value();
    EXPECT_EQ(terms.answer_within("BG", "RO", day("2011-08-25")), std::nullopt);
    EXPECT_EQ(terms.answer_within("BG", "RO", day("2011-08-26")), minutes { 15 });
    EXPECT_EQ(terms.answer_within("RO", "BG", day("2019-12-31")), minutes { 15 });
    EXPECT_EQ(terms.answer_within("BG", "RO", day("2020-01-01")), std::nullopt);
    EXPECT_EQ(terms.answer_within("BG", "RS", day("2015-01-01")), std::nullopt);
    for (auto const* none : { "0", "43201", "-1", "soon", "15 " })
        EXPECT_EQ(Terms::read(agreed, forms,
                      std::string { "parties\tminutes\tfrom\tuntil\tsource\nBG,RO\t" } + none
                          + "\t2011-08-26\topen\tTEST\n")
                      .error()
                      .field,
            "answer.tsv");
}

TEST(Terms, an_edition_of_the_form_is_valid_in_its_time_and_an_unknown_one_is_neither)
{
    auto const terms = Terms::read(agreed, forms, answer).value();
    EXPECT_EQ(terms.form_valid("one", day("2008-12-31")), false);
    EXPECT_EQ(terms.form_valid("one", day("2009-01-01")), true);
    EXPECT_EQ(terms.form_valid("one", day("2019-12-31")), true);
    EXPECT_EQ(terms.form_valid("one", day("2020-01-01")), false);
    EXPECT_EQ(terms.form_valid("three", day("2020-01-01")), std::nullopt);
    EXPECT_EQ(terms.form_on(day("2020-01-01")), "two");
    EXPECT_EQ(terms.form_on(day("2008-01-01")), "");
}

TEST(Terms, a_line_that_cannot_be_read_is_named)
{
    auto const field = [](std::string_view text) {
        auto const read = Terms::read(text, forms, answer);
        return read.ok() ? "read" : read.error().field;
    };
    EXPECT_EQ(
        field("parties\trules\tfrom\tuntil\tsource\nall\tA\tsoon\topen\tx\n"), "agreed.tsv:2");
    EXPECT_EQ(field("parties\trules\tfrom\tuntil\tsource\nall\tA\t2020-01-01\t2020-01-01\tx\n"),
        "agreed.tsv:2");
    EXPECT_EQ(
        field("parties\trules\tfrom\tuntil\tsource\nall\tA\t2020-01-01\t2020-01-02\tx\n"), "read");
}

TEST(Terms, the_rule_sets_that_the_data_names_are_there)
{
    auto const knowledge = dna::Knowledge::read("data/dna").value();
    auto const terms = Terms::read("data/dna").value();
    auto const today = day("2026-04-17");
    for (auto const& [one, other] : { std::pair { "BG", "RO" }, std::pair { "AL", "MK" } })
        EXPECT_TRUE(knowledge.rules_named(terms.rules_between(one, other, today), today).ok());
}

} // namespace comity::identification
