#include "book/rule_source.h"

#include <gtest/gtest.h>

namespace comity::book {
namespace {

treaty::Provision row(std::string_view id)
{
    return { .id = id,
        .title = "",
        .law = "",
        .effect = treaty::Effect::obliges,
        .measures = {},
        .judge = nullptr,
        .holds = "",
        .fails = "",
        .not_applicable = "" };
}

// clang-format off: the layout of the sources is what is read.
constexpr SourceFile files[] {
    { "chapter1/a.cpp", R"cpp(// A file.

#include "x.h"

// Said above.
Outcome first(View& view)
{
    // second() only in a remark
    return outcome(all({ own(view), shared(view), tool(view), fact::third(view) }));
}

Truth own(View& view)
{
    return "third(view)";
}

Outcome third(View& view)
{
    return counts(term::days);
}

constexpr Provision provisions[] {
    { .id = "A1",
        .judge = first },
    { .id = "A2",
        .judge = third,
        .term = &term::hours },
    { .id = "A3",
        .judge = nowhere },
};
)cpp" },
    { "chapter1/b.cpp", R"cpp(Truth shared(View& view);

Truth shared(
    View& view)
{
    own();
}

Truth own(View& view)
{
    return b;
}
)cpp" },
    { "decision.cpp", "Truth tool(View& view)\n{\n}\n" },
    { "deadline.h", R"cpp(/// Of days.
inline constexpr Term days { "A2", x,
    y };
inline constexpr Term hours { "A9", z };
)cpp" },
};
// clang-format on

} // namespace

TEST(RuleSource, is_the_function_with_the_words_above_it_and_what_it_calls_in_the_chapters)
{
    auto const found = RuleSources { files }.of(row("A1")).value();
    EXPECT_EQ(found.file, "chapter1/a.cpp");
    ASSERT_EQ(found.parts.size(), 4);
    EXPECT_TRUE(found.parts[0].starts_with("// Said above.\nOutcome first(View& view)\n{\n"));
    EXPECT_TRUE(found.parts[0].ends_with("\n}"));
    EXPECT_EQ(found.parts[1], "Truth own(View& view)\n{\n    return \"third(view)\";\n}");
    EXPECT_EQ(found.parts[2], "Truth shared(\n    View& view)\n{\n    own();\n}");
    EXPECT_EQ(found.parts[3], "Truth own(View& view)\n{\n    return b;\n}") << "its own file first";
}

TEST(RuleSource, ends_with_the_terms_that_function_and_row_name)
{
    auto const found = RuleSources { files }.of(row("A2")).value();
    ASSERT_EQ(found.parts.size(), 3);
    EXPECT_EQ(found.parts[1], "/// Of days.\ninline constexpr Term days { \"A2\", x,\n    y };");
    EXPECT_EQ(found.parts[2], "inline constexpr Term hours { \"A9\", z };");
    EXPECT_EQ(RuleSources { files }.term_of("A9"), found.parts[2]);
    EXPECT_EQ(RuleSources { files }.term_of("A1"), "");
}

TEST(RuleSource, a_rule_or_a_function_that_is_nowhere_is_an_error)
{
    for (auto const* id : { "A3", "A4" }) {
        auto const found = RuleSources { files }.of(row(id));
        ASSERT_FALSE(found.ok()) << id;
        EXPECT_EQ(found.error().kind, Error::Kind::not_found);
        EXPECT_NE(found.error().what.find(id), std::string::npos);
    }
}

TEST(RuleSource, the_program_holds_the_sources_it_was_built_from)
{
    std::size_t provisions = 0;
    for (auto const& file : law_sources())
        for (auto at = file.text.find("{ .id = \""); at != file.text.npos;
            at = file.text.find("{ .id = \"", at + 1))
            ++provisions;
    EXPECT_EQ(provisions, treaty::provisions().size());
}

} // namespace comity::book
