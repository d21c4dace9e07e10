#include "message/content.h"

#include "message/body.h"
#include "message/examples_test.h"
#include "message/rules.h"
#include "message/spelling.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <sstream>

namespace comity::message {
namespace {

using json::Value;
std::string child(std::string const& path, std::string_view name)
{
    return json::detail::child(path, name).text();
}
std::string child(std::string const& path, std::size_t place)
{
    return json::detail::child(path, place).text();
}

Result<void> checked(Example const& example, Value const& value)
{
    std::vector<std::string> none;
    return check(shape_of(example.type), value, none);
}

/// Something that stands in an example: the place to change, and what the shape says of it.
struct Spot {
    Example const& example;
    Value& root;
    Value& owner; ///< The object that holds the member.
    Shape const& of; ///< Its shape.
    ShapeMember const& member;
    std::string owner_path;

    Value& value() const { return owner.as_object().at(member.name); }
    std::string path() const { return child(owner_path, member.name); }
};
using Visit = std::function<void(Spot const&)>;

void walk(Example const& example, Value& root, Value& value, Shape const& shape,
    std::string const& path, Visit const& visit)
{
    if (shape.form == Shape::Form::list) {
        for (std::size_t i = 0; i < value.as_array().size(); ++i)
            walk(example, root, value.as_array()[i], *shape.item, child(path, i), visit);
        return;
    }
    if (shape.form != Shape::Form::object) return;
    for (auto const& member : shape.members) {
        if (!value.as_object().contains(member.name)) continue;
        visit({ example, root, value, shape, member, path });
        auto const at = child(path, member.name);
        walk(example, root, value.as_object().at(member.name), *member.shape, at, visit);
    }
}

/// Visits every member of every example, with a copy that may be changed and is put back.
void each_spot(Visit const& visit)
{
    for (auto const& example : examples()) {
        auto root = example.value;
        walk(example, root, root, shape_of(example.type), {}, [&](Spot const& spot) {
            auto const before = spot.owner;
            visit(spot);
            spot.owner = before;
        });
    }
}

void refused(Spot const& spot, std::string const& path, Error::Kind kind, char const* why)
{
    auto const read = checked(spot.example, spot.root);
    ASSERT_FALSE(read.ok()) << spot.example.file << " " << path << " " << why;
    EXPECT_EQ(read.error().field, path) << spot.example.file << " " << why;
    EXPECT_EQ(read.error().kind, kind) << spot.example.file << " " << path << " " << why;
}

/// Texts stand alone or in a list; the first of a list stands for all.
Value* first_text(Spot const& spot, std::string& path)
{
    auto& value = spot.value();
    if (spot.member.shape->form == Shape::Form::text) return &value;
    if (spot.member.shape->form != Shape::Form::list || value.as_array().empty()) return nullptr;
    if (spot.member.shape->item->form != Shape::Form::text) return nullptr;
    path = child(path, std::size_t { 0 });
    return &value.as_array()[0];
}

std::set<std::string> frozen(std::string_view start)
{
    auto const bytes = read_file("tests/messages/frozen.txt").value();
    std::istringstream text { std::string { as_text(bytes) } };
    std::set<std::string> out;
    for (std::string line; std::getline(text, line);)
        if (line.starts_with(start)) out.insert(line);
    return out;
}

std::string form_of(Shape const& shape)
{
    switch (shape.form) {
    case Shape::Form::any: return "any";
    case Shape::Form::truth: return "truth";
    case Shape::Form::number: return "number";
    case Shape::Form::text: return "text";
    case Shape::Form::instant: return "instant";
    case Shape::Form::date: return "date";
    case Shape::Form::word:
    case Shape::Form::object: return shape.name;
    case Shape::Form::list: break;
    }
    return "list of " + form_of(*shape.item);
}

/// Every struct and enumeration that some type reaches, by name.
void collect(Shape const& shape, std::map<std::string, Shape const*>& out)
{
    if (shape.item) collect(*shape.item, out);
    if (shape.name.empty() || !out.emplace(shape.name, &shape).second) return;
    for (auto const& member : shape.members) collect(*member.shape, out);
}

std::map<std::string, Shape const*> all_shapes()
{
    std::map<std::string, Shape const*> out;
    for (auto const& each : message_types()) collect(shape_of(each.type), out);
    return out;
}

} // namespace

TEST(Content, a_type_carries_the_struct_of_its_name)
{
    for (auto const& each : message_types()) {
        auto name = shape_of(each.type).name;
        std::string word;
        for (char const c : name) {
            if ('A' <= c && c <= 'Z') word += word.empty() ? "" : "-";
            word += static_cast<char>('A' <= c && c <= 'Z' ? c - 'A' + 'a' : c);
        }
        EXPECT_EQ(word, json::word(each.type));
    }
}

TEST(Content, every_example_is_read_and_understood_to_the_last_member)
{
    std::set<Type> seen;
    for (auto const& each : examples()) {
        auto const read
            = read_content(json::word(each.type), schema_of(each.type), as_view(each.text));
        ASSERT_TRUE(read.ok()) << each.file << ": " << read.error().what;
        EXPECT_TRUE(read.value().known_type && read.value().known_schema);
        EXPECT_TRUE(read.value().not_understood.empty()) << each.file;
        seen.insert(each.type);
    }
    EXPECT_EQ(seen.size(), type_count);
}

TEST(Content, every_member_of_every_struct_stands_in_some_example)
{
    std::set<std::string> seen;
    each_spot([&](Spot const& spot) { seen.insert(spot.of.name + "." + spot.member.name); });
    for (auto const& [name, shape] : all_shapes())
        for (auto const& member : shape->members)
            EXPECT_TRUE(seen.contains(name + "." + member.name)) << name << "." << member.name;
}

TEST(Content, a_member_that_is_missing_is_named)
{
    each_spot([](Spot const& spot) {
        if (spot.member.optional) return;
        spot.owner.as_object().erase(spot.member.name);
        refused(spot, spot.path(), Error::Kind::malformed, "missing");
    });
}

TEST(Content, a_member_of_another_kind_is_named)
{
    each_spot([](Spot const& spot) {
        if (spot.member.shape->form == Shape::Form::any) return;
        spot.value() = nullptr;
        refused(spot, spot.path(), Error::Kind::malformed, "null");
    });
}

TEST(Content, a_text_is_taken_at_its_limit_and_refused_above_and_below)
{
    std::size_t texts = 0;
    each_spot([&](Spot const& spot) {
        auto path = spot.path();
        auto* text = first_text(spot, path);
        MUST(spot.member.meaning != nullptr);
        auto const rule = spot.member.meaning->rule;
        if (!text || (rule.spelling != Spelling::line && rule.spelling != Spelling::text)) return;
        auto const most = static_cast<std::size_t>(rule.most);
        *text = std::string(most, 'x');
        auto const at = checked(spot.example, spot.root);
        EXPECT_TRUE(at.ok()) << spot.example.file << " " << path << " " << at.error().what;
        *text = std::string(most + 1, 'x');
        refused(spot, path, Error::Kind::too_large, "above");
        if (rule.least > 0) {
            *text = "";
            refused(spot, path, Error::Kind::malformed, "below");
        }
        *text = std::string_view { "a\0b", 3 };
        refused(spot, path, Error::Kind::malformed, "control character");
        ++texts;
    });
    EXPECT_GT(texts, 400U);
}

TEST(Content, a_text_that_is_not_spelt_as_it_must_be_is_named)
{
    each_spot([](Spot const& spot) {
        auto path = spot.path();
        auto* text = first_text(spot, path);
        auto const rule = spot.member.meaning->rule;
        if (!text || rule.spelling == Spelling::line || rule.spelling == Spelling::text) return;
        *text = std::string(static_cast<std::size_t>(rule.least), '!');
        refused(spot, path, Error::Kind::malformed, "spelling");
    });
}

TEST(Content, a_word_that_is_not_on_the_list_is_named)
{
    each_spot([](Spot const& spot) {
        if (spot.member.shape->form != Shape::Form::word) return;
        spot.value() = "no-such-word";
        refused(spot, spot.path(), Error::Kind::malformed, "word");
    });
}

TEST(Content, a_number_is_taken_at_its_limits_and_refused_beyond)
{
    each_spot([](Spot const& spot) {
        if (spot.member.shape->form != Shape::Form::number) return;
        auto const rule = spot.member.meaning->rule;
        ASSERT_EQ(rule.spelling, Spelling::number) << spot.path();
        for (auto const limit : { rule.least, rule.most }) {
            spot.value() = limit;
            auto const at = checked(spot.example, spot.root);
            EXPECT_TRUE(at.ok() || at.error().what.find("is before") != std::string::npos)
                << spot.example.file << " " << at.error().what;
        }
        spot.value() = rule.least - 1;
        refused(spot, spot.path(), Error::Kind::malformed, "below");
        spot.value() = static_cast<std::uint64_t>(rule.most) + 1;
        refused(spot, spot.path(), Error::Kind::malformed, "above");
    });
}

TEST(Content, a_list_is_taken_at_its_limit_and_refused_above_and_below)
{
    each_spot([](Spot const& spot) {
        if (spot.member.shape->form != Shape::Form::list) return;
        auto& list = spot.value().as_array();
        if (list.empty()) return;
        auto const allowed = spot.member.meaning->items;
        Value const item = list[0];
        list.resize(allowed.most, item);
        EXPECT_TRUE(checked(spot.example, spot.root).ok()) << spot.example.file << spot.path();
        list.push_back(item);
        refused(spot, spot.path(), Error::Kind::too_large, "above");
        if (allowed.least == 0) return;
        list.resize(allowed.least - 1, item);
        refused(spot, spot.path(), Error::Kind::malformed, "below");
    });
}

TEST(Content, a_member_of_a_newer_peer_is_passed_over_and_named)
{
    each_spot([](Spot const& spot) {
        spot.owner.as_object()["quantum"] = true;
        std::vector<std::string> paths;
        EXPECT_TRUE(check(shape_of(spot.example.type), spot.root, paths).ok());
        EXPECT_EQ(paths, std::vector { child(spot.owner_path, "quantum") }) << spot.example.file;
    });
}

TEST(Content, so_many_unknown_members_are_named_and_their_names_are_cut_between_characters)
{
    auto example = examples()[0].value.as_object();
    std::string const long_name = "x" + std::string(path_bytes_max - 2, 'y') + "Ж";
    example[long_name] = 1;
    for (std::size_t i = 0; i < not_understood_max; ++i) example[fmt::format("new{}", i)] = 1;
    std::vector<std::string> paths;
    EXPECT_TRUE(check(shape_of(examples()[0].type), example, paths).ok());
    EXPECT_EQ(paths.size(), not_understood_max);
    EXPECT_EQ(paths[0], long_name.substr(0, path_bytes_max - 1));
}

TEST(Content, every_need_is_refused_once_with_the_member_that_is_missing)
{
    std::set<Need const*> tried;
    each_spot([&](Spot const& spot) {
        for (auto const& need : needs()) {
            if (need.of_struct != spot.of.name || tried.contains(&need)) continue;
            auto const kept = spot.owner;
            auto& object = spot.owner.as_object();
            std::istringstream words { std::string { need.needs } };
            for (std::string one; words >> one;) {
                auto* value = object.if_contains(one);
                if (value && value->is_array())
                    value->as_array().clear();
                else
                    object.erase(one);
            }
            auto const read = checked(spot.example, spot.root);
            auto const first = child(spot.owner_path, need.needs.substr(0, need.needs.find(' ')));
            auto const why = need.is == "*" ? std::string { need.member } : std::string { need.is };
            if (!read.ok() && read.error().field == first
                && (need.member.empty() || read.error().what.find(why) != std::string::npos))
                tried.insert(&need);
            spot.owner = kept;
        }
    });
    for (auto const& need : needs())
        EXPECT_TRUE(tried.contains(&need))
            << need.of_struct << " " << need.member << " " << need.is << " needs " << need.needs;
}

TEST(Content, what_ends_before_it_begins_is_refused)
{
    std::set<Order const*> tried;
    each_spot([&](Spot const& spot) {
        for (auto const& order : orders()) {
            auto& object = spot.owner.as_object();
            if (order.of_struct != spot.of.name || order.first != spot.member.name) continue;
            if (!object.contains(order.last) || object.at(order.first) == object.at(order.last))
                continue;
            object.at(order.first).swap(object.at(order.last));
            refused(spot, child(spot.owner_path, order.last), Error::Kind::malformed, "order");
            object.at(order.first) = object.at(order.last);
            EXPECT_TRUE(checked(spot.example, spot.root).ok()) << "the same is in order";
            tried.insert(&order);
        }
    });
    for (auto const& order : orders())
        EXPECT_TRUE(tried.contains(&order)) << order.of_struct << " " << order.first;
}

TEST(Content, instants_are_compared_on_one_line_whatever_their_offset)
{
    auto const period = [](char const* from, char const* until) {
        std::vector<std::string> none;
        return check(
            shape_of<Period>(), json::Object { { "from", from }, { "until", until } }, none);
    };
    EXPECT_TRUE(period("2026-04-17T12:00:00+03:00", "2026-04-17T09:00:00Z").ok());
    EXPECT_FALSE(period("2026-04-17T12:00:00+02:00", "2026-04-17T09:00:00Z").ok());
}

TEST(Content, another_type_or_a_newer_schema_is_no_error_and_said)
{
    auto const bytes = as_view("not even JSON");
    auto const other = read_content("telepathy", "telepathy/1", bytes).value();
    EXPECT_FALSE(other.known_type || other.known_schema);
    auto const newer = read_content("request", "request/2", bytes).value();
    EXPECT_TRUE(newer.known_type);
    EXPECT_FALSE(newer.known_schema);
    EXPECT_FALSE(read_content("request", "photograph/1", bytes).value().known_schema);
    EXPECT_FALSE(read_content("request", "request/1", bytes).ok());
    EXPECT_EQ(read_content("request", "answer/1", bytes).error().field, "schema");
}

TEST(Content, as_many_bytes_as_the_limit_and_no_more)
{
    auto text = examples()[0].text;
    auto const* row = &message_type(examples()[0].type);
    auto const read
        = [&] { return read_content(json::word(row->type), schema_of(row->type), as_view(text)); };
    text.resize(content_bytes_max, ' ');
    EXPECT_TRUE(read().ok());
    text += ' ';
    EXPECT_EQ(read().error().kind, Error::Kind::too_large);
}

TEST(Content, a_type_without_personal_data_has_no_place_for_a_person)
{
    for (auto const& each : message_types()) {
        if (each.personal_data == PersonalData::may) continue;
        std::map<std::string, Shape const*> reached;
        collect(shape_of(each.type), reached);
        bool found = false;
        for (auto const* person :
            { "Identity", "PersonRecord", "PersonQuery", "Person", "Statement", "Profile" })
            found |= reached.contains(person);
        EXPECT_EQ(found, each.personal_data == PersonalData::always) << json::word(each.type);
    }
}

TEST(Dictionary, every_member_has_its_line_and_every_line_a_member)
{
    std::set<Meaning const*> used;
    for (auto const& [name, shape] : all_shapes())
        for (auto const& member : shape->members) {
            ASSERT_NE(member.meaning, nullptr) << name << "." << member.name;
            EXPECT_TRUE(member.meaning->english.ends_with('.')) << member.meaning->name;
            used.insert(member.meaning);
            auto const& bare = member.shape->item ? *member.shape->item : *member.shape;
            auto const& rule = member.meaning->rule;
            EXPECT_TRUE(bare.form != Shape::Form::number
                || (bare.least <= rule.least && static_cast<std::uint64_t>(rule.most) <= bare.most))
                << "the struct cannot hold what the dictionary allows: " << name;
            bool const spelt = bare.form == Shape::Form::text || bare.form == Shape::Form::number;
            EXPECT_EQ(spelt, rule.spelling != Spelling::any) << name << "." << member.name;
        }
    for (auto const& part : dictionary())
        for (auto const& each : part) EXPECT_TRUE(used.contains(&each)) << each.name;
}

TEST(Rules, name_only_members_that_are_there)
{
    auto const shapes = all_shapes();
    auto const has = [&](std::string_view of, std::string_view member) {
        auto const found = shapes.find(std::string { of });
        return found != shapes.end()
            && std::ranges::any_of(
                found->second->members, [&](auto const& each) { return each.name == member; });
    };
    for (auto const& need : needs()) {
        EXPECT_TRUE(need.member.empty() || has(need.of_struct, need.member)) << need.of_struct;
        std::istringstream words { std::string { need.needs } };
        for (std::string one; words >> one;)
            EXPECT_TRUE(has(need.of_struct, one)) << need.of_struct << " " << one;
    }
    for (auto const& order : orders())
        EXPECT_TRUE(has(order.of_struct, order.first) && has(order.of_struct, order.last));
}

TEST(Frozen, members_and_words_are_for_ever)
{
    std::set<std::string> now;
    for (auto const& [name, shape] : all_shapes()) {
        for (auto const& word : shape->words) now.insert(fmt::format("word {} {}", name, word));
        for (auto const& member : shape->members) {
            now.insert(fmt::format("member {} {} {} {}", name, member.name, form_of(*member.shape),
                member.optional ? "optional" : "mandatory"));
            std::istringstream words { std::string { member.meaning->rule.words } };
            for (std::string one; words >> one;)
                now.insert(fmt::format("word {}.{} {}", name, member.name, one));
        }
    }
    auto kept = frozen("member ");
    kept.merge(frozen("word "));
    for (auto const& line : kept) EXPECT_TRUE(now.contains(line)) << "gone or changed: " << line;
    for (auto const& line : now)
        EXPECT_TRUE(kept.contains(line)) << "new, add to tests/messages/frozen.txt: " << line;
}

} // namespace comity::message
