#include "http/persons.h"

#include "http/sheet.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using rights::PersonRequests;

Result<std::int64_t> place_in(Request const& request)
{
    auto const& text = request.path_value("place");
    std::int64_t place = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), place);
    if (code != std::errc {} || end != text.data() + text.size() || place < 1)
        return Error { Error::Kind::malformed, "a whole number from 1", "place" };
    return place;
}

/// 201 where it was done; 200 where the law does not permit it yet, with what it says.
Result<Response> told(rights::PersonTold const& out)
{
    json::Object body { { "done", out.done }, { "notHeard", json::write(out.not_heard) },
        { "messages", json::write(out.messages) } };
    if (out.decision) body["decision"] = treaty::write(*out.decision);
    return json_response(out.done ? 201 : 200, body);
}

Result<Response> done()
{
    return json_response(200, json::Object {});
}

Result<Response> list_requests(PersonRequests& persons, Request const&, Session const&)
{
    return json_response(200,
        json::Object { { "requests", json::write(TRY(persons.list())) },
            { "comments", json::write(TRY(persons.asked_of_us())) } });
}

Result<Response> enter(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<rights::PersonDraft>(request));
    auto const place = TRY(persons.enter(draft, officer_of(session)));
    return json_response(201, json::Object { { "place", place } });
}

Result<Response> read(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    return json_response(200, json::write(TRY(persons.view(place, officer_of(session)))));
}

Result<Response> set_deadline(
    PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<rights::DeadlineDraft>(request));
    TRY(persons.set_deadline(place, draft, officer_of(session)));
    return done();
}

Result<Response> search(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const found = TRY(persons.search(place, officer_of(session)));
    return json_response(200, json::Object { { "found", found } });
}

Result<Response> open_item(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<rights::OpeningDraft>(request));
    auto const opened = TRY(persons.open(place, draft, officer_of(session)));
    json::Object body { { "judgement", json::write(opened.judgement) } };
    if (opened.content) body["content"] = *opened.content;
    return json_response(200, body);
}

struct Chosen {
    std::vector<std::string> items {};
};
BOOST_DESCRIBE_STRUCT(Chosen, (), (items))

Result<Response> choose(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const given = TRY(body_as<Chosen>(request));
    TRY(persons.choose(place, given.items, officer_of(session)));
    return done();
}

struct Asked {
    std::string draft;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (draft))

Result<Response> ask(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const given = TRY(body_as<Asked>(request));
    return told(TRY(persons.ask_comments(place, given.draft, officer_of(session))));
}

Result<Response> decide(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<rights::AnswerDraft>(request));
    return told(TRY(persons.decide(place, draft, officer_of(session))));
}

Result<Response> preview(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const seen = TRY(persons.preview(place, officer_of(session)));
    return json_response(200,
        json::Object { { "title", seen.document.title }, { "language", seen.document.language },
            { "blocks", blocks_of(seen.document) } });
}

Result<Response> make_letter(
    PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto made = TRY(persons.letter(place, officer_of(session)));
    auto const name = fmt::format("attachment; filename=\"person-request-{}.pdf\"", place);
    return Response { .status = 201,
        .headers = { { "content-type", "application/pdf" }, { "content-disposition", name } },
        .body = std::move(made.file) };
}

struct Sent {
    Date sent_on;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (sent_on))

Result<Response> mark_sent(PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const given = TRY(body_as<Sent>(request));
    TRY(persons.mark_sent(place, given.sent_on, officer_of(session)));
    return done();
}

Result<Response> open_comment(
    PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    return json_response(200, json::write(TRY(persons.open_comment(place, officer_of(session)))));
}

Result<Response> answer_comment(
    PersonRequests& persons, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<rights::CommentDraft>(request));
    return told(TRY(persons.answer_comment(place, draft, officer_of(session))));
}

} // namespace

std::vector<Endpoint> person_endpoints(PersonRequests& persons)
{
    auto const by = [&persons](auto function) -> EndpointHandler {
        return [&persons, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(persons, request, *session);
        };
    };
    auto const act = Action::answer_persons;
    return {
        { "GET", "/v1/persons", "list_person_requests", act, by(list_requests) },
        { "POST", "/v1/persons", "enter_person_request", act, by(enter) },
        { "GET", "/v1/persons/{place}", "read_person_request", act, by(read) },
        { "POST", "/v1/persons/{place}/deadline", "set_person_deadline", act, by(set_deadline) },
        { "POST", "/v1/persons/{place}/searches", "search_for_person", act, by(search) },
        { "POST", "/v1/persons/{place}/openings", "open_item_for_person", act, by(open_item) },
        { "POST", "/v1/persons/{place}/choice", "choose_items_of_person", act, by(choose) },
        { "POST", "/v1/persons/{place}/comments", "ask_senders_of_person", act, by(ask) },
        { "POST", "/v1/persons/{place}/decisions", "decide_for_person", act, by(decide) },
        { "POST", "/v1/persons/{place}/previews", "preview_person_letter", act, by(preview) },
        { "POST", "/v1/persons/{place}/letters", "make_person_letter", act, by(make_letter) },
        { "POST", "/v1/persons/{place}/dispatch", "mark_person_letter_sent", act, by(mark_sent) },
        { "POST", "/v1/comments/{place}/openings", "open_comment_request", act, by(open_comment) },
        { "POST", "/v1/comments/{place}/answer", "answer_comment_request", act,
            by(answer_comment) },
    };
}

} // namespace comity::http
