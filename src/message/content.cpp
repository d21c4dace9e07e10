#include "message/content.h"

#include "message/body.h"
#include "message/claim.h"
#include "message/classified.h"
#include "message/consent.h"
#include "message/cycle.h"
#include "message/first_connection.h"
#include "message/identification.h"
#include "message/notice.h"
#include "message/operation.h"
#include "message/protection.h"
#include "message/system.h"

#include <fmt/format.h>

#include <array>

namespace comity::message {
namespace {

using MakeShape = Shape const& (*)();

/// In the order of the numbers; a test holds the names of structs against the words of types.
constexpr std::array<MakeShape, type_count> shapes {
    &shape_of<Request>,
    &shape_of<Answer>,
    &shape_of<Refusal>,
    &shape_of<PartialAnswer>,
    &shape_of<Conditions>,
    &shape_of<ConditionsAnswer>,
    &shape_of<ClarificationRequest>,
    &shape_of<Clarification>,
    &shape_of<ForwardedRequest>,
    &shape_of<ForwardingNotice>,
    &shape_of<OralRequestConfirmation>,
    &shape_of<DirectContactCopy>,
    &shape_of<RequestWithdrawal>,
    &shape_of<SpontaneousInformation>,
    &shape_of<CaseBulletin>,
    &shape_of<EventNotice>,
    &shape_of<PlanningNotice>,
    &shape_of<ContactDirectory>,
    &shape_of<SituationReport>,
    &shape_of<MigrationReport>,
    &shape_of<Invitation>,
    &shape_of<InvitationAnswer>,
    &shape_of<LiaisonPosting>,
    &shape_of<WitnessMeasuresEnd>,
    &shape_of<TreatyNotice>,
    &shape_of<DepositaryNotice>,
    &shape_of<MeetingRequest>,
    &shape_of<ConsentRequest>,
    &shape_of<ConsentAnswer>,
    &shape_of<ConsentWithdrawal>,
    &shape_of<Correction>,
    &shape_of<DestructionNotice>,
    &shape_of<DestructionConfirmation>,
    &shape_of<DoubtNotice>,
    &shape_of<UnlawfulUseReport>,
    &shape_of<ProcessingInquiry>,
    &shape_of<ProcessingReport>,
    &shape_of<CommentRequest>,
    &shape_of<Comment>,
    &shape_of<LevelChange>,
    &shape_of<LevelChangeConfirmation>,
    &shape_of<BreachReport>,
    &shape_of<CourierNotice>,
    &shape_of<CourierReceipt>,
    &shape_of<StopOrder>,
    &shape_of<StopAcknowledgement>,
    &shape_of<Instructions>,
    &shape_of<PursuitNotice>,
    &shape_of<SurveillanceRequest>,
    &shape_of<SurveillanceNotice>,
    &shape_of<ControlledDeliveryRequest>,
    &shape_of<UndercoverRequest>,
    &shape_of<UndercoverNotice>,
    &shape_of<EvidenceRequest>,
    &shape_of<EvidenceResults>,
    &shape_of<BodySearchRequest>,
    &shape_of<Authorisation>,
    &shape_of<TakeOver>,
    &shape_of<DetentionNotice>,
    &shape_of<HandOverRequest>,
    &shape_of<AppearanceRequest>,
    &shape_of<OperationReport>,
    &shape_of<TeamProposal>,
    &shape_of<TeamAccession>,
    &shape_of<PatrolPlan>,
    &shape_of<DamageClaim>,
    &shape_of<ReimbursementRequest>,
    &shape_of<Settlement>,
    &shape_of<DnaRequest>,
    &shape_of<DnaResult>,
    &shape_of<DnaConfirmation>,
    &shape_of<DnaSamplingRequest>,
    &shape_of<SearchHit>,
    &shape_of<ThreatContribution>,
    &shape_of<ActionPlan>,
    &shape_of<Commitment>,
    &shape_of<CycleResult>,
    &shape_of<StrategicProduct>,
    &shape_of<KeyRotationNotice>,
    &shape_of<TrustListProposal>,
    &shape_of<TrustListVote>,
    &shape_of<DnaRunProposal>,
    &shape_of<DnaRunAnswer>,
    &shape_of<DnaRunPortion>,
    &shape_of<DnaRunResult>,
    &shape_of<DnaRunStop>,
    &shape_of<DnaSamplingAnswer>,
};

} // namespace

Shape const& shape_of(Type type)
{
    return shapes[static_cast<std::size_t>(message_type(type).type) - 1]();
}

Result<json::Value> parse_content(ByteView bytes)
{
    if (bytes.size() > content_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a content of {} bytes, {} at most", bytes.size(), content_bytes_max), {} };
    return json::parse(as_text(bytes));
}

Result<Read> read_content(std::string_view type, std::string_view schema, ByteView bytes)
{
    Read out;
    auto const* row = find_type(type);
    out.known_type = row != nullptr;
    if (!row) return out;
    if (schema != schema_of(row->type)) {
        if (known(schema.substr(0, schema.find('/')))
            && !schema.starts_with(fmt::format("{}/", type)))
            return Error { Error::Kind::malformed,
                fmt::format("a message of the type {} carries {}, not {}", type,
                    schema_of(row->type), schema.substr(0, path_bytes_max)),
                "schema" };
        return out;
    }
    out.known_schema = true;
    auto const value = TRY(parse_content(bytes));
    TRY(check(shape_of(row->type), value, out.not_understood));
    return out;
}

} // namespace comity::message
