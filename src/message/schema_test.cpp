#include "message/schema.h"

#include "message/examples_test.h"
#include "message/page.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::message {

TEST(Schema, of_every_type_reaches_only_what_it_defines)
{
    for (auto const& each : message_types()) {
        auto const text = json::print(schema(each.type));
        auto const defs = schema(each.type).at("$defs").as_object();
        constexpr std::string_view reference = R"("$ref":"#/$defs/)";
        std::size_t references = 0;
        for (auto at = text.find(reference); at != text.npos; at = text.find(reference, at + 1)) {
            auto const start = at + reference.size();
            auto const name = text.substr(start, text.find('"', start) - start);
            EXPECT_TRUE(defs.contains(name)) << name;
            ++references;
        }
        EXPECT_GE(references, 1U);
        EXPECT_EQ(schema(each.type).at("title").as_string(), schema_of(each.type));
    }
    EXPECT_EQ(schemas().as_object().size(), type_count);
}

TEST(Schema, says_limits_words_and_needs)
{
    auto const request = schema(Type::request).at("$defs").at("Request");
    auto const& properties = request.at("properties");
    EXPECT_EQ(properties.at("caseNumber").at("maxLength").as_int64(), 500);
    EXPECT_EQ(properties.at("kind").at("enum").as_array().size(), 20U);
    EXPECT_EQ(properties.at("objects").at("maxItems").as_uint64(), 100U);
    EXPECT_EQ(json::print(request.at("allOf").as_array()[0]),
        R"({"if":{"required":["kind"],"properties":{"kind":{"const":"vehicle-owner"}}},)"
        R"("then":{"anyOf":[{"required":["vehicle"],"properties":{"vehicle":{"minItems":1}}}]}})");
}

TEST(Page, is_the_one_in_docs)
{
    auto const kept = read_file("docs/MESSAGES.md").value();
    EXPECT_TRUE(as_text(kept) == messages_page())
        << "print it again: comity message page > docs/MESSAGES.md";
}

TEST(Page, the_table_has_a_line_for_each_type)
{
    auto const table = types_table();
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(table, '\n')), type_count);
    EXPECT_NE(table.find(" 81  trust-list-vote "), table.npos);
}

} // namespace comity::message
