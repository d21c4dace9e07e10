#pragma once

#include "casework/contents.h"
#include "casework/draft.h"
#include "exchange/exchange.h"

/// What an officer does in a case that is there already: answers, refuses, sets conditions, asks
/// back, passes on, and what the other side says to that. One row each; the law judges each before
/// it leaves.
namespace comity::casework {

enum class Side : std::uint8_t { requesting, requested };

struct Step {
    message::Type type;
    Side side; ///< Whose step it is.
    std::string_view from; ///< States of the case in which it may be taken.
    std::string_view writes; ///< Members of the content that the officer writes; the node the rest.
    std::string_view facts; ///< That he may have to state.
};

std::span<Step const> steps();
/// Null for a type that is no step.
Step const* find_step(std::string_view type);
/// Those that this State may take now; whether the law permits them is judged later.
std::vector<std::string> open_steps(CaseRow const& row, std::string_view own);

/// As an officer writes it; everything may be missing while he types.
struct StepDraft {
    std::string type;
    std::optional<json::Object> content {}; ///< Members that the step's row lets him write.
    std::optional<json::Object> facts {}; ///< By name.
    std::optional<Date> erase_by {}; ///< Of what is answered; this State's usual day where missing.
    std::optional<std::vector<std::int64_t>> files {}; ///< That go with it: casework/files.h.
    std::optional<Classifying> classification {}; ///< As the request where missing.
};
BOOST_DESCRIBE_STRUCT(StepDraft, (), (type, content, facts, erase_by, files, classification))

/// The request of a content: by itself, passed on, or confirmed after it was said.
Result<message::Request> request_in(Body const& body);

/// That the request went on to another Party, which did not reject it: a further notice of that
/// names it and passes nothing on again.
struct PassedOn {
    std::string to, message;
};

/// A case as the steps need it.
struct CaseFile {
    CaseRow row;
    message::Request request;
    std::optional<message::InReplyTo> replied_to {}; ///< The message that a step would answer.
    std::optional<exchange::Stored> request_message {};
    std::optional<message::Manifest> manifest {}; ///< Of the request.
    std::vector<Body> bodies {};
    json::Value own_decision {}; ///< On the request, where we made it.
    std::optional<protection::UseJudgement> closed {}; ///< Why he may not use the request.
    std::uint8_t level = 0; ///< Of the request, now.
    std::optional<PassedOn> passed_on {};
};
/// What it opens is noted. Error: not_found; conflict for a case whose request was destroyed or
/// that never had one.
Result<CaseFile> case_file(store::Transaction& transaction, protection::Vault& vault,
    std::string_view number, std::string_view own, Officer const& officer);

struct Judged {
    std::string what; ///< "request", "answer", "refusal", "forwarding".
    treaty::Situation situation;
    treaty::Decision decision;
};

/// A message still without its content as bytes.
struct Letter {
    exchange::Outgoing outgoing;
    json::Object content;
    std::string act; ///< Of its event.
};

/// What a step would do.
struct Composed {
    std::vector<Judged> judged {};
    std::vector<std::string> missing {}; ///< Paths from "content".
    std::vector<Letter> letters {};
    CaseState state = CaseState::waiting; ///< Of the case afterwards.
    json::Object facts {}; ///< Of its events.
    json::Object stated {}; ///< All that our officers have stated in the case.
    /// A use that Art. 31(4)(a) or 32 refuses, with its ways out. Nothing was judged then.
    std::optional<protection::UseJudgement> closed {};

    bool permitted() const;
};

/// Errors: malformed naming the field; conflict where the step cannot be taken in this state.
Result<Composed> compose(treaty::Law const& law, Settings const& settings, CaseFile const& file,
    StepDraft const& draft, Instant now);

/// A32(5): nobody sends above his own clearance. Adds what refuses it to what was judged first.
void hold_to_clearance(treaty::Law const& law, Officer const& officer, Composed& composed);

/// The state of a case after a step that its content describes, on the side `at`.
CaseState state_after(Step const& step, json::Object const& content, Side at);

} // namespace comity::casework
