#include "base/file.h"
#include "message/manifest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace comity::message {
namespace {

std::set<std::string> lines_of(std::string const& path, std::string_view start)
{
    auto const bytes = read_file(path, 1U << 22U).value();
    std::istringstream text { std::string { as_text(bytes) } };
    std::set<std::string> out;
    for (std::string line; std::getline(text, line);)
        if (line.starts_with(start)) out.insert(line);
    return out;
}

Manifest of_type(std::string_view type)
{
    Manifest out {};
    out.type = type;
    out.personal_data = true;
    out.in_reply_to = InReplyTo {};
    return out;
}

} // namespace

TEST(Types, every_number_has_its_word_for_ever)
{
    std::set<std::string> now;
    for (auto const& each : message_types())
        now.insert(
            fmt::format("type {} {}", static_cast<unsigned>(each.type), json::word(each.type)));
    EXPECT_EQ(now, lines_of("tests/messages/frozen.txt", "type "));
}

TEST(Types, a_row_stands_at_its_own_number)
{
    ASSERT_EQ(message_types().size(), json::words<Type>().size());
    for (auto const& each : message_types()) {
        EXPECT_EQ(&message_type(each.type), &each);
        EXPECT_EQ(find_type(json::word(each.type)), &each);
    }
}

TEST(Types, every_provision_of_the_convention_that_one_serves_is_a_duty_on_our_list)
{
    std::set<std::string> duties;
    for (auto const& line : lines_of("data/treaty/requirements.tsv", "A"))
        duties.insert(line.substr(0, line.find('\t')));
    for (auto const& each : message_types()) {
        std::istringstream provisions { std::string { each.provisions } };
        for (std::string one; provisions >> one;)
            EXPECT_TRUE(one.starts_with('D') || duties.contains(one))
                << json::word(each.type) << " " << one;
        EXPECT_NE(each.family == Family::system, each.provisions.size() > 0);
    }
}

TEST(Types, a_word_of_a_newer_peer_is_read_and_not_known)
{
    EXPECT_FALSE(known("telepathy"));
    EXPECT_TRUE(known("request"));
    EXPECT_EQ(schema_of(Type::partial_answer), "partial-answer/1");
    EXPECT_TRUE(check_type(of_type("telepathy")).ok());
}

TEST(Types, an_answer_names_what_it_answers)
{
    auto manifest = of_type("answer");
    EXPECT_TRUE(check_type(manifest).ok());
    manifest.in_reply_to.reset();
    EXPECT_EQ(check_type(manifest).error().field, "inReplyTo");
    manifest.type = "request";
    EXPECT_TRUE(check_type(manifest).ok());
}

TEST(Types, personal_data_is_there_where_it_must_be_and_nowhere_it_must_not)
{
    EXPECT_EQ(check_type(of_type("event-notice")).error().field, "personalData");
    EXPECT_TRUE(check_type(of_type("dna-sampling-request")).ok());
    auto without = of_type("dna-sampling-request");
    without.personal_data = false;
    EXPECT_EQ(check_type(without).error().field, "personalData");
    without.type = "event-notice";
    EXPECT_TRUE(check_type(without).ok());
}

} // namespace comity::message
