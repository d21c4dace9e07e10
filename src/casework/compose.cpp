#include "casework/step.h"

#include "casework/call.h"
#include "casework/files.h"
#include "casework/request_kind.h"
#include "message/content.h"
#include "message/words_of.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

/// What each step says to the law, and the messages that it becomes.
namespace comity::casework {
namespace {

using json::Object;
using message::Type;
using treaty::Facts;
namespace fact = treaty::fact;

constexpr auto retention_rule = "A31(4)(b)-1";

bool has_word(std::string_view words, std::string_view word)
{
    bool found = false;
    message::each_word(words, [&](std::string_view each) { found |= each == word; });
    return found;
}

/// Of an object those members whose names stand in `words`.
Object only(Object const& object, std::string_view words)
{
    Object out;
    for (auto const& member : object)
        if (has_word(words, member.key())) out[member.key()] = member.value();
    return out;
}

bool holds_something(Object const& object, std::string_view member)
{
    auto const* value = object.if_contains(member);
    if (!value || value->is_null()) return false;
    if (value->is_array()) return !value->get_array().empty();
    return !value->is_string() || !value->get_string().empty();
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

class Composer {
public:
    Composer(treaty::Law const& law, Settings const& settings, CaseFile const& file,
        StepDraft const& draft, Step const& step, Instant now)
        : law_(law)
        , settings_(settings)
        , file_(file)
        , step_(step)
        , content_(draft.content.value_or(Object {}))
        , stated_(file.row.stated)
        , with_files_(draft.files && !draft.files->empty())
        , now_(now)
    {
        for (auto const& member : draft.facts.value_or(Object {}))
            stated_[member.key()] = member.value();
        erase_by_ = draft.erase_by.value_or(usual_erase_by(settings, now));
        // What belongs to a classified request is as classified, unless its officer says otherwise.
        Classifying const inherited { file.level, "as the request", true };
        secret_ = draft.classification.value_or(inherited);
    }

    Result<Composed> compose()
    {
        TRY(check_members());
        if (with_files_ && !takes_files(step_.type))
            return malformed(
                "files", fmt::format("{} takes no files along", json::word(step_.type)));
        TRY(casework::check(std::optional { secret_ }));
        out_.missing = casework::missing_of(std::optional { secret_ });
        out_.stated = stated_;
        out_.state = state_after(step_, content_, step_.side);
        out_.facts = { { "party", peer() } };
        switch (step_.type) {
        case Type::answer: return answer();
        case Type::partial_answer: return partial_answer();
        case Type::refusal: return refusal();
        case Type::conditions: return conditions();
        case Type::clarification_request: return clarification_request();
        case Type::forwarding_notice: return forward();
        default: return of_requester();
        }
    }

private:
    std::string const& peer() const
    {
        return step_.side == Side::requested ? file_.row.requesting : file_.row.requested;
    }

    Result<void> check_members() const
    {
        for (auto const& member : content_)
            if (!has_word(step_.writes, member.key()))
                return malformed(fmt::format("content.{}", std::string_view { member.key() }),
                    fmt::format("{} has no {} to write", json::word(step_.type),
                        std::string_view { member.key() }));
        return {};
    }

    /// What the officer stated, as far as a judgement has a place for it.
    Object stated(std::string_view names) const { return only(stated_, names); }

    /// In the way that is open to its receiver (A32(7)).
    void mark(exchange::Outgoing& out) const
    {
        auto const code
            = [](std::string const& state) { return treaty::PartyCode::parse(state).value(); };
        auto const way
            = stamp_of(law_, { code(settings_.party), code(out.to), secret_.level }, now_);
        out.classification = way.classification;
        out.channel = way.channel;
    }

    void judge(std::string what, treaty::Situation situation)
    {
        tell_sent(situation, law_, settings_.party, secret_);
        auto decision = treaty::decide(law_, situation);
        out_.judged.push_back({ std::move(what), std::move(situation), std::move(decision) });
    }
    json::Value record(std::size_t judged) const
    {
        return treaty::record(out_.judged.at(judged).situation, out_.judged.at(judged).decision);
    }

    Result<void> judge_request(bool competent)
    {
        auto own = stated(stated_by_receiver);
        own[fact::competent.name] = competent;
        auto const* manifest = file_.manifest ? &*file_.manifest : nullptr;
        std::optional<Date> erase_by;
        if (manifest && manifest->retention) erase_by = manifest->retention->erase_by;
        judge("request",
            TRY(situation_of(law_, settings_,
                Received { file_.request, file_.row.requesting, erase_by, urgent(),
                    !manifest || manifest->personal_data, own, file_.level },
                now_)));
        return {};
    }
    bool urgent() const
    {
        return !file_.manifest || file_.manifest->urgency != message::Urgency::routine;
    }

    Result<void> judge_answer(Object const& answer, bool personal_data)
    {
        auto const own = stated(stated_of_answer);
        Answering answering { .request = file_.request, .to = file_.row.requesting, .stated = own };
        answering.personal_data = personal_data;
        answering.erase_by = erase_by_;
        answering.request_oral = file_.row.called_at.has_value();
        answering.confirmed_in_writing = file_.row.confirmed_at.has_value();
        if (auto const* handling = answer.if_contains("handling");
            handling && handling->is_object())
            answering.handling_caveat = text_at(handling->get_object(), "text");
        judge("answer", TRY(answer_situation(settings_, answering, now_)));
        return {};
    }

    /// No data on a person: a "no hit" with nothing beside it. Sentences may name somebody.
    static bool tells_of_persons(Object const& answer)
    {
        if (text_at(answer, "result") != json::word(message::Outcome::no_hit)) return true;
        return std::ranges::any_of(answer, [&](auto const& member) {
            return member.key() != "result" && holds_something(answer, member.key());
        });
    }

    /// The whole content against its shape: what the officer still has to write is named.
    Result<void> check(Object const& whole)
    {
        auto const missing = message::missing_of(message::shape_of(step_.type), whole);
        if (!missing.ok()) {
            auto error = missing.error();
            error.field = "content." + error.field;
            return error;
        }
        for (auto const& path : missing.value()) out_.missing.push_back("content." + path);
        return {};
    }

    exchange::Outgoing outgoing(std::vector<std::string> provisions, bool personal_data) const
    {
        exchange::Outgoing out { step_.type, peer(),
            { file_.row.number,
                file_.row.requesting == settings_.party
                    ? incoming_number(settings_.party, file_.row.number)
                    : file_.request.case_number } };
        out.in_reply_to = file_.replied_to;
        out.legal_basis = { "PCC SEE", std::move(provisions), law_.version() };
        out.verdict = json::word(treaty::Verdict::permitted);
        out.purpose = file_.request.purpose;
        if (file_.manifest) out.urgency = file_.manifest->urgency;
        out.personal_data = personal_data;
        if (personal_data) out.retention = message::Retention { erase_by_, retention_rule };
        mark(out);
        return out;
    }
    void send(Object content, std::vector<std::string> provisions, bool personal_data)
    {
        out_.letters.push_back({ outgoing(std::move(provisions), personal_data), std::move(content),
            json::word(step_.type) + "-sent" });
    }

    Object whole_answer(Object const& written) const
    {
        Object out = written;
        out["kind"] = file_.request.kind;
        out["caseNumber"] = file_.request.case_number;
        if (!out.contains("vehicles")) out["vehicles"] = json::Array {};
        out["requestDecision"] = record(0);
        out["decision"] = record(1);
        return out;
    }

    Result<Composed> answer()
    {
        bool const personal = with_files_ || tells_of_persons(content_);
        TRY(judge_request(true));
        TRY(judge_answer(content_, personal));
        auto const whole = whole_answer(content_);
        TRY(check(whole));
        out_.facts["result"] = text_at(content_, "result");
        send(whole, provisions_held(out_.judged.at(1).decision), personal);
        return std::move(out_);
    }

    Result<Composed> partial_answer()
    {
        auto const* given = content_.if_contains("answer");
        auto const part = given && given->is_object() ? given->get_object() : Object {};
        constexpr auto own = "kind caseNumber requestDecision decision attachments";
        for (auto const& member : part)
            if (has_word(own, member.key()))
                return malformed(
                    fmt::format("content.answer.{}", std::string_view { member.key() }),
                    "the node writes this itself");
        bool const personal = with_files_ || tells_of_persons(part);
        TRY(judge_request(true));
        TRY(judge_answer(part, personal));
        auto whole = content_;
        auto const earlier
            = std::ranges::count(file_.bodies, json::word(Type::partial_answer), &Body::type);
        whole["n"] = earlier + 1;
        whole["answer"] = whole_answer(part);
        if (!whole.contains("outstanding")) whole["outstanding"] = json::Array {};
        TRY(check(whole));
        out_.facts["n"] = std::to_string(earlier + 1);
        out_.facts["result"] = text_at(part, "result");
        send(whole, provisions_held(out_.judged.at(1).decision), personal);
        return std::move(out_);
    }

    /// Art. 30(1): on one of three grounds, written and with reasons.
    Result<void> judge_refusal(std::string const& ground, std::string const& reasons)
    {
        Facts facts;
        facts.tell(fact::medium, treaty::Medium::system);
        facts.tell(fact::official_authorised, true);
        if (auto const word = json::from_word<treaty::RefusalGround>(ground))
            facts.tell(fact::refusal_ground, *word);
        if (!reasons.empty()) facts.tell(fact::reasons, reasons.substr(0, Facts::text_bytes_max));
        facts.tell(fact::requesting_authority, file_.request.requesting_authority);
        facts.tell(fact::requested_authority, file_.request.requested_authority);
        auto const to = TRY(treaty::PartyCode::parse(file_.row.requesting));
        auto const own = TRY(treaty::PartyCode::parse(settings_.party));
        judge("refusal", { treaty::Measure::refusal, to, own, now_, std::move(facts) });
        return {};
    }

    Result<Composed> refusal()
    {
        TRY(judge_refusal(text_at(content_, "ground"), text_at(content_, "text")));
        auto whole = content_;
        whole["kind"] = file_.request.kind;
        whole["caseNumber"] = file_.request.case_number;
        whole["provisions"] = json::write(provisions_held(out_.judged.at(0).decision));
        whole["requestDecision"] = record(0);
        TRY(check(whole));
        out_.facts["ground"] = text_at(content_, "ground");
        send(whole, provisions_held(out_.judged.at(0).decision), true);
        return std::move(out_);
    }

    /// The conditions stand for reasons: Art. 30(1) lets a Party set them where it might refuse.
    Result<Composed> conditions()
    {
        auto whole = content_;
        std::string reasons;
        if (auto* list = whole.if_contains("conditions"); list && list->is_array()) {
            std::uint32_t n = 0;
            for (auto& each : list->get_array()) {
                if (!each.is_object()) continue;
                reasons += text_at(each.get_object(), "text");
                each.get_object()["n"] = ++n;
                if (!each.get_object().contains("provisions"))
                    each.get_object()["provisions"] = json::Array {};
            }
        }
        TRY(judge_refusal(text_at(stated_, fact::refusal_ground.name), reasons));
        whole["caseNumber"] = file_.request.case_number;
        TRY(check(whole));
        if (reasons.empty()) out_.missing.emplace_back("content.conditions");
        send(whole, provisions_held(out_.judged.at(0).decision), true);
        return std::move(out_);
    }

    /// To ask back is no answer: an oral request may be asked about before it is confirmed.
    Result<Composed> clarification_request()
    {
        auto const* personal = stated_.if_contains(fact::personal_data.name);
        bool const names_somebody = !personal || !personal->is_bool() || personal->get_bool();
        Object const nothing;
        Answering answering { .request = file_.request, .to = peer(), .stated = nothing };
        answering.personal_data = names_somebody;
        answering.erase_by = erase_by_;
        auto situation = TRY(answer_situation(settings_, answering, now_));
        situation.facts.tell(fact::special_methods, false); // A question tells of no method.
        situation.facts.tell(fact::pending_permit_listed, false);
        judge("answer", std::move(situation));
        auto whole = content_;
        whole["caseNumber"] = file_.request.case_number;
        TRY(check(whole));
        if (!holds_something(whole, "questions")) out_.missing.emplace_back("content.questions");
        send(whole, provisions_held(out_.judged.at(0).decision), names_somebody);
        return std::move(out_);
    }

    /// A4(1)-2: to whom it goes is told; where that is another Party, the request goes there too.
    Result<Composed> forward()
    {
        TRY(judge_request(false));
        auto notice = content_;
        notice["caseNumber"] = file_.request.case_number;
        notice["forwardedAt"] = to_text(now_);
        TRY(check(notice));
        auto const state = text_at(content_, "competentState");
        out_.facts["authority"] = text_at(content_, "competentAuthority");
        if (!state.empty() && state != settings_.party) TRY(pass_on(state));
        send(notice, { "A4(1)-2" }, false);
        return std::move(out_);
    }

    Result<void> pass_on(std::string const& state)
    {
        out_.facts["to"] = state;
        if (file_.passed_on && file_.passed_on->to == state) return {};
        if (state == file_.row.requesting)
            return malformed(
                "content.competentState", "a request is not passed back to who made it");
        TRY(judge_passing_on(state));
        auto forwarded = outgoing(provisions_held(out_.judged.back().decision), true);
        forwarded.type = Type::forwarded_request;
        forwarded.to = state;
        mark(forwarded);
        forwarded.case_reference.yours.reset();
        if (file_.manifest) forwarded.retention = file_.manifest->retention;
        if (file_.manifest) forwarded.personal_data = file_.manifest->personal_data;
        message::MessageReference original { file_.row.request_message, {} };
        if (file_.replied_to) original.manifest_sha256 = file_.replied_to->manifest_sha256;
        message::ForwardedRequest const body { original, file_.row.requesting,
            text_at(content_, "competentAuthority"), file_.request };
        out_.letters.push_back(
            { std::move(forwarded), json::write(body).get_object(), "forwarded-request-sent" });
        return {};
    }

    /// Passing a request on is asking the other Party, for whom it is as any request.
    Result<void> judge_passing_on(std::string const& state)
    {
        auto situation = out_.judged.at(0).situation;
        auto const to = treaty::PartyCode::parse(state);
        if (!to.ok() || !law_.party(to.value()))
            return malformed("content.competentState", "this State is no Party to the Convention");
        auto const day = std::chrono::floor<std::chrono::days>(now_);
        situation.measure = treaty::Measure::information_request;
        situation.requesting = TRY(treaty::PartyCode::parse(settings_.party));
        situation.requested = to.value();
        auto const unit = [&](treaty::PartyCode party) -> std::string {
            auto const units = law_.national_central_unit(party, day);
            return units.empty() ? std::string {} : units.front()->id;
        };
        situation.facts.tell(fact::requesting_authority, unit(situation.requesting));
        situation.facts.tell(fact::requested_authority, unit(to.value()));
        situation.facts.forget(fact::competent);
        judge("forwarding", std::move(situation));
        return {};
    }

    /// What the requesting Party says on top of its request is judged as that request is, now.
    Result<Composed> of_requester()
    {
        auto const* decision = file_.own_decision.if_object();
        auto const* situation = decision ? decision->if_contains("situation") : nullptr;
        if (!situation)
            return Error { Error::Kind::conflict, "our decision on this request is not here",
                "number" };
        auto again = TRY(treaty::read_situation(law_, *situation));
        again.at = now_;
        if (step_.type == Type::oral_request_confirmation) return confirmation(std::move(again));
        auto whole = content_;
        whole["caseNumber"] = file_.row.number;
        bool const personal = step_.type == Type::clarification;
        if (!personal) again.facts.tell(fact::personal_data, false);
        judge("request", std::move(again));
        add_own_members(whole);
        TRY(check(whole));
        if (file_.manifest && file_.manifest->retention && personal)
            erase_by_ = file_.manifest->retention->erase_by;
        send(whole, provisions_held(out_.judged.at(0).decision), personal);
        return std::move(out_);
    }
    /// A4(6)-3: what was said, now in writing, as it was kept when it was said.
    Result<Composed> confirmation(treaty::Situation again)
    {
        auto const call = std::ranges::find(file_.bodies, kept_call, &Body::type);
        if (call == file_.bodies.end())
            return Error { Error::Kind::conflict, "the call is not kept here", "number" };
        auto whole = TRY(json::parse(call->text)).as_object();
        auto const urgency = json::from_word<message::Urgency>(text_at(whole, "urgency"));
        auto const day = parse_date(text_at(whole, "eraseBy"));
        whole.erase("urgency");
        whole.erase("eraseBy");
        again.facts.tell(fact::medium, treaty::Medium::system);
        judge("request", std::move(again));
        whole["request"].as_object()["decision"] = record(0);
        TRY(check(whole));
        send(whole, provisions_held(out_.judged.at(0).decision), day.ok());
        auto& letter = out_.letters.back().outgoing;
        letter.urgency = urgency.value_or(message::Urgency::urgent);
        if (day.ok()) letter.retention = message::Retention { day.value(), retention_rule };
        letter.case_reference.yours.reset();
        return std::move(out_);
    }
    void add_own_members(Object& whole)
    {
        if (step_.type == Type::conditions_answer) {
            if (!whole.contains("conditionsAccepted")) whole["conditionsAccepted"] = json::Array {};
            auto const* accepted = whole.if_contains("accepted");
            if (accepted && accepted->is_bool())
                out_.facts["accepted"] = accepted->get_bool() ? "yes" : "no";
        }
        if (step_.type != Type::request_withdrawal) return;
        message::MessageReference request { file_.row.request_message, {} };
        whole["requestMessage"] = json::write(request);
        if (!whole.contains("destroyReceived")) whole["destroyReceived"] = false;
    }

    treaty::Law const& law_;
    Settings const& settings_;
    CaseFile const& file_;
    Step const& step_;
    Object content_;
    Object stated_;
    bool with_files_; // nobody has read them: they may tell of persons
    Instant now_;
    Date erase_by_;
    Classifying secret_ {};
    Composed out_;
};

} // namespace

Result<Composed> compose(treaty::Law const& law, Settings const& settings, CaseFile const& file,
    StepDraft const& draft, Instant now)
{
    auto const* step = find_step(draft.type);
    if (!step)
        return malformed("type", fmt::format("'{}' is nothing that is done in a case", draft.type));
    auto const open = open_steps(file.row, settings.party);
    if (!std::ranges::count(open, draft.type))
        return Error { Error::Kind::conflict,
            fmt::format("a case that is {} takes no {} of this State", json::word(file.row.state),
                draft.type),
            "type" };
    for (auto const& member : draft.facts.value_or(Object {}))
        if (!has_word(step->facts, member.key()))
            return malformed(fmt::format("facts.{}", std::string_view { member.key() }),
                fmt::format(
                    "{} is no fact that can be stated here", std::string_view { member.key() }));
    auto here = file;
    if (file.manifest && step->side == Side::requested
        && file.manifest->from.state != file.row.requesting)
        address_to_us(here.request, law, settings, now);
    return Composer { law, settings, here, draft, *step, now }.compose();
}

} // namespace comity::casework
