#include "treaty/coverage.h"

#include "treaty/test_cases.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr auto file_of_all_duties = "../shared/treaty/requirements.tsv";

File requirements_file()
{
    auto const bytes = read_file("data/treaty/requirements.tsv").take();
    return { "requirements.tsv", std::string { as_text(bytes) } };
}

std::vector<TextCase> all_cases()
{
    std::vector<TextCase> out;
    for (auto const& file : test::case_files())
        for (auto& each : read_cases(test::law(), file).take()) out.push_back(std::move(each));
    return out;
}

std::string error_of(std::string const& text)
{
    return read_requirements({ "r.tsv", text }).error().what;
}

} // namespace

TEST(Coverage, every_duty_of_the_convention_is_carried_exactly_once)
{
    auto const found = coverage(read_requirements(requirements_file()).take(), all_cases());
    for (auto const& problem : found.problems) ADD_FAILURE() << problem;
    for (auto const& row : found.rows)
        if (row.how == "rule" || row.how == "duty") {
            EXPECT_GT(row.cases, 0U) << row.id;
        }
}

TEST(Coverage, knows_every_duty_of_the_list_that_was_drawn_from_the_text)
{
    if (!std::filesystem::exists(file_of_all_duties))
        GTEST_SKIP() << "no list of duties at " << file_of_all_duties;
    auto const requirements = read_requirements(requirements_file()).take();
    auto const bytes = read_file(file_of_all_duties).take();
    std::string_view text { as_text(bytes) };
    std::size_t count = 0;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        std::string const id { line.substr(0, line.find('\t')) };
        auto const is_article = id.size() > 1 && id[0] == 'A' && id[1] >= '0' && id[1] <= '9';
        if (!is_article && !id.starts_with("PRE") && !id.starts_with("ANX")
            && !id.starts_with("RES"))
            continue;
        ++count;
        EXPECT_NE(std::ranges::find(requirements, id, &Requirement::id), requirements.end()) << id;
    }
    EXPECT_EQ(count, requirements.size());
}

TEST(Coverage, names_what_is_carried_by_nothing_or_twice)
{
    std::vector<Requirement> const requirements { { "A1", "Scope", How::code, {} },
        { "A99", "Nothing", How::code, {} }, { "A2(a)", "Twice", How::delegated, "somebody" } };
    auto const found = coverage(requirements, {});
    auto const has = [&](std::string_view problem) {
        return std::ranges::find(found.problems, problem) != found.problems.end();
    };
    EXPECT_TRUE(has("A99 is carried by nothing"));
    EXPECT_TRUE(has("A2(a) is carried twice: rule in general/scope.cpp, and delegated somebody"));
    EXPECT_TRUE(has("A4(3) in chapter1/mutual_assistance.cpp is no duty of requirements.tsv"));
    EXPECT_FALSE(has("A1 is carried by nothing"));
    EXPECT_EQ(found.rows[0].how, "rule");
    EXPECT_EQ(found.rows[1].how, "nothing");
}

TEST(Coverage, refuses_bad_rows_with_their_line)
{
    EXPECT_EQ(error_of("A1\tScope\tcode\n"), "r.tsv line 1: a row has id, title, how and where");
    EXPECT_EQ(error_of("A1\tScope\tmaybe\t-\n"),
        "r.tsv line 1: how is code, register, delegated or later");
    EXPECT_EQ(error_of("A1\tScope\tcode\tsomewhere\n"),
        "r.tsv line 1: where is - for code, and named for all else");
    EXPECT_EQ(error_of("A1\tScope\tlater\t-\n"),
        "r.tsv line 1: where is - for code, and named for all else");
    EXPECT_EQ(
        error_of("A1\tScope\tcode\t-\nA1\tScope\tcode\t-\n"), "r.tsv line 2: A1 has two rows");
}

} // namespace comity::treaty
