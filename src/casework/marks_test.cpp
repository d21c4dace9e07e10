#include "casework/related.h"

#include <gtest/gtest.h>

namespace comity::casework {

TEST(Marks, find_files_by_the_names_that_they_bear_and_relate_nothing_by_them)
{
    auto const file = [](char const* name) {
        return json::Object { { "part", 1 }, { "name", name }, { "mediaType", "image/jpeg" } };
    };
    json::Array attachments;
    attachments.emplace_back(file("Желязков_Стоян.jpg"));
    attachments.emplace_back(file("SuhartoPassport.pdf"));
    json::Object const content { { "text", "On the picture is Ana Popescu TEST." },
        { "attachments", attachments } };
    auto const marks = marks_of(content);
    auto const found = [&](char const* name, char const* born = "") {
        std::vector<std::string> const names { name };
        for (auto const& each : marks_of_person(names, born, {}))
            if (each.likeness == Likeness::file)
                for (auto const& mark : marks)
                    if (mark.likeness == each.likeness && mark.key == each.key) return true;
        return false;
    };
    EXPECT_TRUE(found("Zhelyazkov Stoyan"));
    EXPECT_TRUE(found("Popescu Ana Maria"));
    EXPECT_TRUE(found("Suharto", "1980-01-02"));
    EXPECT_FALSE(found("Suharto")) << "one name alone is everybody's";
    EXPECT_FALSE(found("Zhelyazkov Ana")) << "of two files";
    for (auto const& mark : marks) EXPECT_FALSE(relates(mark));
    auto without = content;
    without.erase("attachments");
    EXPECT_TRUE(marks_of(without).empty()) << "a text beside no file is for who reads it";
}

TEST(Marks, a_telephone_counts_by_its_end_and_a_document_by_its_signs)
{
    auto const keys = [](json::Object const& content) {
        std::vector<std::string> out;
        for (auto const& each : marks_of(content)) out.push_back(each.key);
        return out;
    };
    json::Object const national { { "phone", json::Object { { "number", "0888 123 456" } } } };
    json::Object const foreign { { "phone", json::Object { { "number", "+359 888 123 456" } } } };
    EXPECT_EQ(keys(national), keys(foreign));
    EXPECT_EQ(keys(national).size(), 1);
    json::Object const paper { { "document",
        json::Object { { "kind", "passport" }, { "number", "аb 12-34" } } } };
    EXPECT_EQ(keys(paper), std::vector<std::string> { "AB1234" });
    json::Object const item { { "serialNumber", "X-99 21" } };
    EXPECT_EQ(keys(item), std::vector<std::string> { "X9921" });
}

TEST(Marks, a_content_has_so_many_at_most_and_a_date_is_no_case_number)
{
    std::string text = "TEST since 2026-04-17";
    EXPECT_TRUE(marks_of({ { "text", text } }).empty());
    for (int n = 0; n < 100; ++n) text += " A-" + std::to_string(1000 + n);
    EXPECT_EQ(marks_of({ { "text", text } }).size(), marks_max);
}

} // namespace comity::casework
