#include "paper/masking.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::paper {
namespace {

using casework::text_at;

bool is_node(std::string_view actor)
{
    return actor == "node" || actor.ends_with(" node");
}

} // namespace

Mask::Mask(std::string official, std::string person)
    : official_(std::move(official))
    , person_(std::move(person))
{
}

void Mask::add(std::string const& name, std::string code)
{
    auto const same = [&](Entry const& each) { return each.masked.name == name; };
    if (name.empty() || std::ranges::any_of(entries_, same)) return;
    auto const at = std::ranges::find_if(
        entries_, [&](Entry const& each) { return each.masked.name.size() < name.size(); });
    entries_.insert(at, { { name, std::move(code) } });
}

void Mask::add_official(std::string const& name, std::string const& state)
{
    auto const before = entries_.size();
    add(name, fmt::format("{} {}-{:02}", official_, state, officials_ + 1));
    officials_ += entries_.size() - before;
}

void Mask::add_person(std::string const& name)
{
    auto const before = entries_.size();
    add(name, fmt::format("{} {:02}", person_, persons_ + 1));
    persons_ += entries_.size() - before;
}

void Mask::add_officials_of(casework::CaseView const& view, std::string const& own_state)
{
    for (auto const& item : view.timeline) {
        if (!is_node(item.actor)) add_official(item.actor, own_state);
        add_official(text_at(item.facts, "officer"), own_state);
    }
    // Who called and who was called is written by hand (Art. 4(6)).
    auto const add_callers = [&](json::Object const& content, std::string const& state) {
        for (auto const* member : { "caller", "callee" })
            add_official(text_at(content, member), state);
    };
    add_callers(view.request, view.requesting);
    for (auto const& content : view.contents) add_callers(content.content, content.from);
}

std::string Mask::applied(std::string_view text)
{
    std::string out { text };
    for (auto& each : entries_)
        for (auto at = out.find(each.masked.name); at != out.npos;
            at = out.find(each.masked.name, at + each.masked.code.size())) {
            out.replace(at, each.masked.name.size(), each.masked.code);
            each.used = true;
        }
    return out;
}

std::vector<MaskedName> Mask::used() const
{
    std::vector<MaskedName> out;
    for (auto const& each : entries_)
        if (each.used) out.push_back(each.masked);
    std::ranges::sort(out, {}, &MaskedName::code);
    return out;
}

} // namespace comity::paper
