#include "casework/forms.h"

#include "casework/draft.h"
#include "casework/notice.h"
#include "casework/request_kind.h"
#include "casework/step.h"
#include "message/content.h"
#include "message/form.h"
#include "message/words_of.h"
#include "treaty/facts.h"

namespace comity::casework {
namespace {

std::vector<std::string> split(std::string_view words)
{
    std::vector<std::string> out;
    message::each_word(words, [&](std::string_view word) {
        if (!word.empty()) out.emplace_back(word);
    });
    return out;
}

KindForm form_of(RequestKind const& kind)
{
    auto facts = split(kind.stated);
    for (auto& each : split(stated_always)) facts.push_back(std::move(each));
    return { kind.word(), std::string { kind.provision }, subjects_of(kind), extras_of(kind),
        std::move(facts), split(kind.answers) };
}

/// How a fact is told: its type, and its words where it has some.
json::Object facts()
{
    json::Object out;
    for (auto const* fact : treaty::fact_descriptions()) {
        json::Object told { { "type", json::word(fact->type) } };
        if (fact->words) told["words"] = json::write(fact->words());
        out[fact->name] = told;
    }
    return out;
}

} // namespace

json::Object forms()
{
    json::Array kinds;
    for (auto const& kind : request_kinds()) kinds.push_back(json::write(form_of(kind)));
    std::vector<message::Shape const*> shapes { &message::shape_of<message::Request>(),
        &message::shape_of<message::ForwardedRequest>() };
    json::Array in_cases;
    for (auto const& step : steps()) {
        auto const& shape = message::shape_of(step.type);
        shapes.push_back(&shape);
        in_cases.push_back(json::write(
            StepForm { json::word(step.type), shape.name, split(step.writes), split(step.facts) }));
    }
    json::Array notices;
    for (auto const& notice : notice_kinds()) {
        auto const& shape = message::shape_of(notice.type);
        shapes.push_back(&shape);
        StepForm form { json::word(notice.type), shape.name, {}, split(notice.facts) };
        for (auto const& member : shape.members)
            if (member.name != "purpose") form.writes.push_back(member.name);
        notices.push_back(json::write(form));
    }
    return { { "kinds", kinds }, { "steps", in_cases }, { "notices", notices },
        { "facts", facts() }, { "structs", message::forms(shapes) } };
}

} // namespace comity::casework
