"""What a page writes in its signature to say who may enter: a colleague with a right, or a form that such a colleague sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from cases.roles import Right
from desk.who import Posted, Who, needs, posts

SeesRequests = Annotated[Who, Depends(needs(Right.SEE_REQUESTS))]
SeesContent = Annotated[Who, Depends(needs(Right.SEE_CONTENT))]
SeesTrail = Annotated[Who, Depends(needs(Right.SEE_TRAIL))]
SeesReport = Annotated[Who, Depends(needs(Right.REPORT))]
SeesCertificates = Annotated[Who, Depends(needs(Right.SEE_CERTIFICATES))]
MayRegister = Annotated[Who, Depends(needs(Right.REGISTER))]
MayChange = Annotated[Who, Depends(needs(Right.CHANGE))]
MayRelease = Annotated[Who, Depends(needs(Right.RELEASE))]
MayDecide = Annotated[Who, Depends(needs(Right.DECIDE))]
MayAdminister = Annotated[Who, Depends(needs(Right.ADMINISTER))]

RegisterForm = Annotated[Posted, Depends(posts(Right.REGISTER))]
ChangeForm = Annotated[Posted, Depends(posts(Right.CHANGE))]
RunForm = Annotated[Posted, Depends(posts(Right.RUN))]
SourceForm = Annotated[Posted, Depends(posts(Right.CHOOSE_SOURCE))]
DecideForm = Annotated[Posted, Depends(posts(Right.DECIDE))]
SearchForm = Annotated[Posted, Depends(posts(Right.SEE_CONTENT))]
CommentForm = Annotated[Posted, Depends(posts(Right.COMMENT))]
VerdictForm = Annotated[Posted, Depends(posts(Right.GIVE_VERDICT))]
ReleaseForm = Annotated[Posted, Depends(posts(Right.RELEASE))]
PurgeForm = Annotated[Posted, Depends(posts(Right.PURGE))]
AdministerForm = Annotated[Posted, Depends(posts(Right.ADMINISTER))]
CalendarForm = Annotated[Posted, Depends(posts(Right.SEE_REQUESTS))]
